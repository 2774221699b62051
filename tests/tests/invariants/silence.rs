//! Rules 9 and 40: no secret is stored as it is, nor shown in an error, an event, an outbox or a `Debug`.

use handfast::{
    Code,
    association::FirstPassword,
    company::{Role, StaffInput},
    mail::{MailKind, MailState},
    session::SignedIn,
    store::{Cell, CellType, Changes, Write},
};
use handfast_tests::{App, Firm, PASSWORD, World, business, every_page, first_password, on_every_store, sign_in};

/// Every cell that a set of changes writes, with its table, its column and its type.
fn cells(changes: &Changes) -> impl Iterator<Item = (&'static str, &'static str, CellType, &Cell)> {
    changes.writes.iter().flat_map(|write| {
        let (table, cells) = match write {
            Write::Insert { table, cells, .. } | Write::Update { table, cells, .. } => (*table, cells.as_slice()),
            Write::Delete { table, .. } | Write::Add { table, .. } => (*table, &[][..]),
        };
        table.columns.iter().zip(cells).map(|(column, cell)| (table.name, column.name, column.ty, cell))
    })
}

/// The whole story, with all its secrets and all that was said by the way.
struct Story {
    secrets: Vec<String>,
    said: Vec<String>,
}

fn story(world: &World) -> Story {
    let (mut secrets, mut said) = (vec![PASSWORD.to_owned()], Vec::new());
    let firm = world.firm("Flora Export");
    said.push(format!("{:?}", World::sign_up_input("Flora Export")));
    let input =
        StaffInput { email: "pedro@flora.example".into(), name: "Pedro Paz".into(), role: Role::ProcurementManager };
    world.staff().invite(firm.admin, &input).unwrap();
    let post = world.deliver();
    said.extend(post.0.iter().map(|mail| format!("{mail:?} {}", mail.subject)));
    let token = post.token();
    said.push(format!("{:?}", world.staff().invitation(&token).unwrap()));
    let (short, chosen) = ("pedroshort", "pedro keeps no horse");
    said.push(format!("{:?}", world.staff().accept(&token, Some(short)).unwrap_err()));
    said.push(format!("{:?}", world.staff().accept(&token, Some(chosen)).unwrap()));
    said.push(format!("{:?}", world.staff().accept(&token, Some(chosen)).unwrap_err()));
    said.push(format!("{:?}", world.logins().authenticate("pedro@flora.example", short).unwrap_err()));
    let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
    said.push(format!("{started:?}"));
    let post = world.deliver();
    said.extend(post.0.iter().map(|mail| format!("{mail:?} {}", mail.subject)));
    let code = post.code();
    let wrong = code.chars().rev().collect::<String>() + "7";
    said.push(format!("{:?}", world.invites().verify(started.visit, &wrong).unwrap_err()));
    let verified = world.invites().verify(started.visit, &code).unwrap();
    said.push(format!("{verified:?}"));
    said.push(format!("{:?}", world.invites().verify(started.visit, &code).unwrap_err()));
    let pass = verified.pass.expose().to_owned();
    said.push(format!("{:?}", world.invites().submit(&pass, &business()).unwrap()));
    said.push(format!("{:?}", world.invites().submit(&pass, &business()).unwrap_err()));
    let shortened = &pass[1..];
    said.push(format!("{:?}", world.invites().standing(shortened).unwrap_err()));
    said.push(format!("{:?} {:?}", world.handfast, world.policy()));
    let (told, of_a_login) = story_of_a_login(world, &firm);
    said.extend(told);
    secrets.extend(of_a_login);
    let (told, of_a_user) = story_of_a_user(world, &firm);
    said.extend(told);
    secrets.extend(of_a_user);
    // codes that are still in the outbox, sealed
    world.invites().start(&firm.slug, "late@rosas.example", None).unwrap();
    let events = world.history(firm.admin);
    said.extend(events.iter().map(|event| format!("{event:?} {}", serde_json::to_string(event).unwrap())));
    for state in MailState::ALL {
        let mails = every_page(|paging| world.mails().list(*state, paging).unwrap());
        said.extend(mails.iter().map(|mail| format!("{mail:?} {}", serde_json::to_string(mail).unwrap())));
    }
    secrets.push(world.deliver().code());
    secrets.extend([token, short.into(), chosen.into(), code, wrong, pass.clone(), shortened.into()]);
    Story { secrets, said }
}

/// The part that a user of a customer plays in it.
fn story_of_a_user(world: &World, firm: &Firm) -> (Vec<String>, Vec<String>) {
    let (mut said, uma) = (Vec::new(), "uma@users.example");
    let customer = world.active(firm, "user@rosas.example");
    let asked = world.invited(firm, customer, uma);
    said.push(format!("{asked:?} {}", serde_json::to_string(&asked).unwrap()));
    let post = world.deliver();
    said.extend(post.0.iter().map(|mail| format!("{mail:?} {}", mail.subject)));
    let temporary = post.temporary_password();
    let first = first_password(uma, &temporary);
    said.push(format!("{first:?} {:?}", sign_in(uma, &temporary)));
    said.push(format!("{:?}", world.sessions().sign_in(&sign_in(uma, &temporary)).unwrap()));
    let short = FirstPassword { password: "umashort".into(), ..first.clone() };
    said.push(format!("{:?}", world.users().choose_password(&short).unwrap_err()));
    said.push(format!("{:?}", world.users().choose_password(&first).unwrap()));
    said.push(format!("{:?}", world.users().choose_password(&first).unwrap_err()));
    let held = world.sessions().sign_in(&sign_in(uma, PASSWORD)).unwrap();
    said.push(format!("{held:?}"));
    let SignedIn::Active(held) = held else { panic!("{held:?}") };
    let session = held.token.expose().to_owned();
    said.push(format!("{:?}", world.sessions().resolve(&session).unwrap()));
    said.push(format!("{:?}", world.sessions().list(&session, &Default::default()).unwrap().items));
    said.push(format!("{:?}", world.sessions().resolve(&session[1..]).unwrap_err()));
    world.with_links(firm);
    let asked = world.invited(firm, customer, "vera@users.example");
    let post = world.deliver();
    said.extend(post.0.iter().map(|mail| format!("{mail:?} {}", mail.subject)));
    let token = post.user_token();
    said.push(format!("{asked:?} {:?}", world.users().invitation(&token).unwrap()));
    said.push(format!("{:?}", world.users().accept(&token, "verashort").unwrap_err()));
    let secrets = [temporary.replace('-', ""), temporary, "umashort".into(), "verashort".into(), session, token];
    (said, secrets.into())
}

/// The part that a login plays in it.
fn story_of_a_login(world: &World, firm: &Firm) -> (Vec<String>, Vec<String>) {
    let (mut said, chosen) = (Vec::new(), "ada keeps a better horse");
    let session = world.signed_in(&firm.email);
    let enrolment = world.two_factor().enrol(&session, PASSWORD, None).unwrap();
    said.push(format!("{enrolment:?}"));
    let app = App::new(&enrolment.secret);
    let codes = world.two_factor().confirm(&session, &app.code(world.now())).unwrap();
    said.push(format!("{codes:?}"));
    said.push(format!("{:?}", world.two_factor().disable(&session, PASSWORD, Some(&codes.0[0][1..])).unwrap_err()));
    said.push(format!("{:?}", world.logins().change_password(&session, PASSWORD, "shorty").unwrap_err()));
    let asked = world.logins().request_email_change(&session, "ada@people.example", PASSWORD, Some(&codes.0[1]));
    asked.unwrap();
    world.logins().request_reset(&firm.email, None).unwrap();
    let post = world.deliver();
    said.extend(post.0.iter().map(|mail| format!("{mail:?} {}", mail.subject)));
    let (reset, change) = (post.token_of(MailKind::PasswordReset), post.token_of(MailKind::EmailChange));
    said.push(format!("{:?}", world.logins().reset_link(&reset).unwrap()));
    world.logins().reset(&reset, chosen).unwrap();
    said.push(format!("{:?}", world.logins().reset(&reset, chosen).unwrap_err()));
    said.push(format!("{:?}", world.logins().change_password(&session, PASSWORD, chosen).unwrap_err()));
    let mut secrets = vec![session, enrolment.secret, enrolment.uri, reset, change, chosen.into()];
    secrets.extend(codes.0.iter().flat_map(|code| [code.clone(), code.replace('-', "")]));
    (said, secrets)
}

on_every_store! {
    fn rule_09_no_secret_is_stored_as_it_is(world: &World) {
        let story = story(world);
        let history = world.store.history();
        let mut kept = 0;
        for (table, column, ty, cell) in history.iter().flat_map(|changes| cells(changes)) {
            let Cell::Text(text) = cell else { continue };
            kept += usize::from(ty == CellType::Secret);
            for secret in &story.secrets {
                assert!(!text.contains(secret.as_str()), "`{table}.{column}` holds a secret");
            }
        }
        assert!(kept > 5, "the story keeps secrets");
    }

    fn rule_09_a_password_is_kept_as_argon2id_and_the_others_name_their_key(world: &World) {
        story(world);
        let history = world.store.history();
        for (table, column, ty, cell) in history.iter().flat_map(|changes| cells(changes)) {
            let (Cell::Text(text), CellType::Secret) = (cell, ty) else { continue };
            match (table, column) {
                ("login", "password") => assert!(text.starts_with("$argon2id$v=19$"), "{text}"),
                ("one_use" | "replay" | "visit" | "session" | "two_factor" | "recovery_code", _) | ("mail", "sealed") => assert!(!text.contains("argon2"), "{text}"),
                other => panic!("a secret in a place that no test knows: {other:?}"),
            }
        }
    }

    fn rule_09_a_mail_forgets_its_secret_once_it_is_sent_or_given_up(world: &World) {
        let firm = world.firm("Flora Export");
        world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        world.deliver();
        world.invites().start(&firm.slug, "gone@rosas.example", None).unwrap();
        let mailer = |_: &handfast::mail::Message| Err(handfast::mail::Rejected::permanent("nobody lives there"));
        assert_eq!(world.mails().deliver(&mailer, 10).unwrap().given_up, 1);
        for state in [MailState::Sent, MailState::Dead] {
            let mails = every_page(|paging| world.mails().list(state, paging).unwrap());
            let codes: Vec<_> = mails.iter().filter(|mail| mail.kind == MailKind::VisitorCode).collect();
            assert_eq!(codes.len(), 1);
            assert!(codes[0].sealed.is_none());
        }
        let dead = world.mails().list(MailState::Dead, &Default::default()).unwrap().items;
        assert_eq!(world.mails().revive(dead[0].id).unwrap_err().code(), Code::WrongState);
    }

    fn rule_40_no_error_debug_event_outbox_or_subject_shows_a_secret(world: &World) {
        let story = story(world);
        assert!(story.said.len() > 25);
        for said in &story.said {
            for secret in &story.secrets {
                assert!(!said.contains(secret.as_str()), "{said}");
            }
        }
    }
}
