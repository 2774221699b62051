//! Who signs in: users of customers, sessions, second factors, logins.

/// Adds these groups to those before, and hands all on.
#[doc(hidden)]
#[macro_export]
macro_rules! operations_of_people {
    ($bind:ident $($before:tt)*) => {
        $crate::operations_of_partners! {
            $bind
            $($before)*
            users Users "Users of customers: invite, answer, revoke." {
                #[doc = "Checks an invitation and says what it would lead to: whether the person will be asked to confirm an association. Changes nothing."]
                read preview(actor: Actor, user: UserInput) [] -> UserPreview, who ManageUsers,
                    refuses [InvalidInput RoleTooLow NotFound AlreadyThere];
                #[doc = "Invites a person as user of a customer. A person without a login gets a mail with a temporary password or with a link to choose one, as the company's `invitation_style` says; a person with a login gets a link to confirm the association, which works only signed in. Who was invited before, and is no user now, is invited anew."]
                change add(actor: Actor, user: UserInput) [] -> Association, who ManageUsers,
                    refuses [InvalidInput RoleTooLow NotFound AlreadyThere TooOften];
                #[doc = "Invites many people, each as `add` would: what one is refused for does not touch the others. A dry run writes nothing and tells the same refusals, those by other rows of the same call included. Repeated under the same `key`, it changes nothing, sends no second mail and gives the first answer, row by row; a call that was cut short goes on where it stopped, and a long list can come in several calls under one key, each with its `first_row`."]
                bulk add_many(actor: Actor, key: String, users: BulkUsers) [] -> Vec<UserRow>, who ManageUsers,
                    refuses [InvalidInput RoleTooLow KeyReused];
                #[doc = "Sends a new mail for an invitation that waits or has expired; what the older one held is worth nothing from now on."]
                change resend(actor: Actor, association: AssociationId) [] -> Association, who ManageUsers,
                    refuses [RoleTooLow NotFound WrongState TooOften];
                #[doc = "Takes an association or an invitation back: what the person may do there ends at the next call, what the person may do elsewhere stays."]
                change revoke(actor: Actor, association: AssociationId) [] -> Association, who ManageUsers,
                    refuses [RoleTooLow NotFound WrongState];
                #[doc = "One association."]
                read get(actor: Actor, association: AssociationId) [] -> Association, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "The company's associations of one state, in the order they were made. Those whose time is over stand among the pending ones until `expire` wrote that down, and show as expired."]
                list list(actor: Actor, state: AssociationState) [paging: Paging] -> AssociationPage,
                    who ReadUsers, refuses [RoleTooLow NotACursor];
                #[doc = "The associations of one customer, whatever their state."]
                list of_customer(actor: Actor, customer: CustomerId) [paging: Paging] -> AssociationPage,
                    who ReadCustomers, refuses [RoleTooLow NotFound NotACursor];
                #[doc = "Writes down that invitations whose time is over have expired, at most `limit` of them; how many there were."]
                change expire(limit: u32) [] -> u32, who HostOnly, refuses [];
                #[doc = "What the link of an invitation is about. Opening it consumes nothing."]
                read invitation(token: Secret) [] -> UserInvitation, who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent];
                #[doc = "Accepts the invitation of a person who has no password: the person chooses one, and is a user from now on. Consumes the link, and ends whatever was signed in with this login before."]
                change accept(token: Secret, password: Secret) [] -> Association, who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent SignInFirst TooShort TooLong WeakPassword];
                #[doc = "Lets a password of the person's own take the place of a temporary one, which opens nothing else. The person is a user from now on. Wrong tries count as at sign-in."]
                change choose_password(first: FirstPassword) [] -> Association, who Anyone,
                    refuses [InvalidInput WrongPassword TooShort TooLong WeakPassword];
                #[doc = "Confirms an association, signed in as the person who was asked. Consumes the link."]
                change confirm(session_token: Secret, token: Secret) [] -> Association, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded UnknownToken TokenExpired TokenSpent WrongState];
                #[doc = "Declines an invitation. Consumes the link; the company may ask again."]
                change decline(token: Secret) [] -> (), who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent WrongState];
                #[doc = "The signed-in person's own associations, whatever their state."]
                list mine(session_token: Secret) [paging: Paging] -> OwnAssociationPage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotACursor];
                #[doc = "Leaves a customer, or declines an invitation that waits; the person's other associations stay."]
                change leave(session_token: Secret, association: AssociationId) [] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotFound WrongState];
            }
            sessions Sessions "Sessions: sign in, see who is signed in, move between identities, sign out." {
                #[doc = "Signs a person in on a device. An unknown name, a wrong password and a locked login get the same answer for the same work. The person goes where the company's login name or `company` leads, or to the only place there is; otherwise the person is no more than that, and chooses with `enter`."]
                change sign_in(sign_in: SignIn) [] -> SignedIn, who Anyone, refuses [InvalidInput WrongPassword];
                #[doc = "Finishes a sign-in with its second factor: a code of the authenticator app, or a recovery code. The token is replaced."]
                change finish(session_token: Secret, code: Secret) [] -> Held, who SignedIn,
                    refuses [NotSignedIn WrongState WrongCode TooOften TooMany];
                #[doc = "Gives up a sign-in that waits for its second factor; what the session held before stays."]
                change cancel(session_token: Secret) [] -> (), who SignedIn, refuses [NotSignedIn WrongState];
                #[doc = "Signs in as another login within a session, which holds both then and goes on as the new one; an older one of the same login and context is replaced. The token is replaced too."]
                change add(session_token: Secret, sign_in: SignIn) [] -> SignedIn, who SignedIn,
                    refuses [InvalidInput NotSignedIn SecondFactorNeeded WrongPassword TooMany];
                #[doc = "Who holds this token, and what the person acts as now: what a host asks at every request. All that it rests on is read now: session, login, role or association, customer, company; of a partner in a client's account, that the client still designates it."]
                read resolve(session_token: Secret) [] -> Resolved, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded AccessEnded CustomerInactive TwoFactorRequired];
                #[doc = "Where the person whom the session acts as can go: the companies where the person works, the customers whose user the person is, and the partner account."]
                read choices(session_token: Secret) [] -> Vec<Destination>, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded];
                #[doc = "Goes on in another context of the same person, and remembers it as an identity: changes the company. A client's account is entered by `partners.log_in` alone."]
                change enter(session_token: Secret, context: Context) [] -> IdentityId, who SignedIn,
                    refuses [InvalidInput NotSignedIn SecondFactorNeeded AccessEnded CustomerInactive TooMany];
                #[doc = "Everyone whom the session holds, in the order they came: what a menu in the corner shows."]
                read identities(session_token: Secret) [] -> Vec<IdentityView>, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded];
                #[doc = "Goes on as another identity of the session. It adds no right, and the session ends when it would have ended."]
                change switch_to(session_token: Secret, identity: IdentityId) [] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotFound AccessEnded CustomerInactive];
                #[doc = "Signs out of one identity, and goes on as the one that came last of those left; without one, or when it was the last, ends the session."]
                change sign_out(session_token: Secret) [identity: IdentityId] -> (), who SignedIn,
                    refuses [NotSignedIn NotFound];
                #[doc = "The sessions that the person whom the session acts as began, in that order; not those that others began and let the person into."]
                list list(session_token: Secret) [paging: Paging] -> SessionPage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotACursor];
                #[doc = "Ends one of the person's own sessions."]
                change end(session_token: Secret, session: SessionId) [] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotFound];
                #[doc = "Ends everything that the person is signed in with elsewhere."]
                change end_others(session_token: Secret) [] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded];
            }
            two_factor TwoFactors "Two-factor: enrol an app, confirm it, turn it off, get new recovery codes." {
                #[doc = "Begins to set an app up: shows its secret, to be confirmed within 15 minutes (`enrolment_lifetime`). Nothing is asked for at sign-in before that; where two-factor is on, the present app counts until then. `code` is a code of the present app, or a recovery code, where two-factor is on."]
                change enrol(session_token: Secret, password: Secret) [code: Secret] -> Enrolment, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded WrongPassword Required WrongCode TooOften];
                #[doc = "Confirms the app by a code that it shows: from now on one is asked for at sign-in. Gives ten recovery codes, shown this once; older ones are worth nothing any more. Every other session of the login ends."]
                change confirm(session_token: Secret, code: Secret) [] -> Vec<Secret>, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded WrongState CodeExpired WrongCode TooOften];
                #[doc = "Turns two-factor off. The password must be long enough to stand alone. Every other session of the login ends, and what this one could do by its second factor."]
                change disable(session_token: Secret, password: Secret) [code: Secret] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded WrongPassword Required WrongCode TooOften WrongState TooShort];
                #[doc = "Where the second factor of the person stands."]
                read status(session_token: Secret) [] -> TwoFactorStatus, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded];
                #[doc = "Turns off the second factor of a login whose person has lost both the app and the codes, once the host has made sure who asks. Every session of the login ends, and the person is told."]
                change remove(login: LoginId) [] -> (), who HostOnly, refuses [NotFound WrongState];
                #[doc = "Gives ten new recovery codes; the older ones are worth nothing any more."]
                change renew_recovery_codes(session_token: Secret, password: Secret) [code: Secret] -> Vec<Secret>,
                    who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded WrongPassword Required WrongCode TooOften WrongState];
            }
            logins Logins "People who sign in: the password, the address, what happened." {
                #[doc = "The person of an address and a password. Known and unknown addresses are refused alike; wrong tries in a row lock the address for a while. It looks at the password alone, also where a second factor is on: `sessions.sign_in` signs people in."]
                change authenticate(email: String, password: Secret) [] -> LoginId, who Anyone,
                    refuses [WrongPassword];
                #[doc = "Changes the password of the person who is signed in. Every other session of the login ends, and whatever waits in a mail to change the login is called off."]
                change change_password(session_token: Secret, password: Secret, new_password: Secret) [] -> (),
                    who SignedIn, refuses [NotSignedIn SecondFactorNeeded WrongPassword TooShort TooLong WeakPassword];
                #[doc = "Mails a link under which a new password can be chosen, good once and for an hour (`password_reset_lifetime`); the older link dies. The password stays as it is until then. Known and unknown addresses get the same answer. `locale` is the language the person reads; the login's own, or English, unless told."]
                change request_reset(email: String) [locale: String] -> (), who Anyone,
                    refuses [Required TooLong ForbiddenCharacter NotAnEmail NotALocale TooOften];
                #[doc = "What the link to a new password is about. Opening it consumes nothing."]
                read reset_link(token: Secret) [] -> ResetLink, who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent];
                #[doc = "Chooses a new password. Consumes the link, ends every session of the login, and tells the person. Nobody is signed in by it, and a second factor that is on stays on. Where a temporary password waits for the person, the company's invitation comes again with a link."]
                change reset(token: Secret, password: Secret) [] -> (), who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent TooShort TooLong WeakPassword];
                #[doc = "Asks to sign in with another address. It counts once it is confirmed by the link that is mailed to it, good once and for an hour (`email_change_lifetime`); the present address is told at once, and an older link dies. The answer is the same whether or not the new address has a login already; who has it is told."]
                change request_email_change(session_token: Secret, new_email: String, password: Secret) [code: Secret]
                    -> (), who SignedIn,
                    refuses [Required TooLong ForbiddenCharacter NotAnEmail AlreadyThere NotSignedIn SecondFactorNeeded WrongPassword WrongCode TooOften];
                #[doc = "What the link to another address is about. Opening it consumes nothing."]
                read email_change(session_token: Secret, token: Secret) [] -> EmailChange, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded UnknownToken TokenExpired TokenSpent AlreadyThere];
                #[doc = "Confirms the new address: from now on the person signs in with it. The former address is told. Only the person who asked can, signed in."]
                change confirm_email_change(session_token: Secret, token: Secret) [] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded UnknownToken TokenExpired TokenSpent AlreadyThere];
                #[doc = "Sets the language of mails about the login of the person who is signed in."]
                change set_locale(session_token: Secret, locale: String) [] -> (), who SignedIn,
                    refuses [Required NotALocale NotSignedIn SecondFactorNeeded];
                #[doc = "What happened to the login of the person who is signed in, the newest first. No company sees it."]
                list history(session_token: Secret) [paging: Paging] -> LoginEventPage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotACursor];
                #[doc = "Shuts a login out everywhere, at once, until it is enabled again. An actor `staff`, whom the host vouches for itself, is the host's to sign out."]
                change disable(login: LoginId) [] -> (), who HostOnly, refuses [NotFound];
                #[doc = "Lets a login in again; whoever was signed in with it signs in anew."]
                change enable(login: LoginId) [] -> (), who HostOnly, refuses [NotFound];
            }
        }
    };
}
