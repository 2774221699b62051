
@final
class Actor:
    """
    Who acts for a company. What the actor may do is read in the very change that it authorises, so an actor is a name
    and not a permission.
    """

    @staticmethod
    def staff(login: LoginId, company: CompanyId) -> Actor:
        """A member of the company's staff, whom the host has signed in and vouches for."""
    @staticmethod
    def session(session: SessionId, identity: IdentityId, login: LoginId, company: CompanyId) -> Actor:
        """
        A member of the company's staff by a session's identity, as `sessions.resolve` gave it. The ids are no
        authority: session, identity, login and role are read again in every change.
        """
    @staticmethod
    def partner(
        session: SessionId,
        identity: IdentityId,
        login: LoginId,
        partner: PartnerId,
        delegation: DelegationId,
        company: CompanyId,
    ) -> Actor:
        """
        A Certified Partner in a client's account, as `sessions.resolve` gave it: manages everything but passwords,
        two-factor, staff, the partner's number and billing. The ids are no authority: that the client still designates
        the partner, and all else it rests on, is read again in every change.
        """
    @staticmethod
    def host(company: CompanyId) -> Actor:
        """The host itself: its operators and its own jobs. May do everything."""
    @property
    def login(self) -> LoginId | None:
        """The person; none when it is the host."""
    @property
    def company(self) -> CompanyId:
        """The company."""
    def to_dict(self) -> dict[str, str]:
        """The same as plain data: what kind of actor it is (`as`), and the ids."""
    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The actor of plain data: what `to_dict` gives."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
