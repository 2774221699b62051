
def open(
    url: str,
    *,
    root_key: str | None,
    retired_root_keys: Sequence[str] | None,
    brand: BrandInput | None,
    policy: PolicyInput | None,
    hashing: Hashing | None,
    clock: ManualClock | Callable[[], datetime] | None,
    logger: Callable[[LogRecord], object] | None,
) -> Handfast:
    """Opens the library: what `handfast.open` calls."""

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
    def host(company: CompanyId) -> Actor:
        """The host itself: its operators and its own jobs. May do everything."""
    @property
    def login(self) -> LoginId | None:
        """The person; none when it is the host."""
    @property
    def company(self) -> CompanyId:
        """The company."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class ManualClock:
    """A clock that stands still until it is set: for tests."""

    def __new__(cls, at: datetime) -> Self: ...
    def now(self) -> datetime:
        """What it shows."""
    def set(self, at: datetime) -> None:
        """Sets it. A handle does not believe a clock that goes back."""
    def advance(self, by: timedelta) -> None:
        """Lets time pass."""
