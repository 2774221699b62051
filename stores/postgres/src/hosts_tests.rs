#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn what_is_said_of_all_hosts_holds_for_each() {
    let url = "postgres://me:secret@one:5433,two:5434/shop?application_name=till&connect_timeout=2&tcp_user_timeout=3\
               &keepalives=1&keepalives_idle=4&keepalives_interval=5&keepalives_retries=6&options=-c%20a%3Db\
               &sslmode=require&target_session_attrs=read-write&channel_binding=require&load_balance_hosts=random";
    let all: Config = url.parse().unwrap();
    for (at, (host, port)) in [("one", "5433"), ("two", "5434")].into_iter().enumerate() {
        let only: Config = url.replace("one:5433,two:5434", &format!("{host}:{port}")).parse().unwrap();
        assert_eq!(alone(&all, at), only);
    }
}

#[test]
fn a_port_and_addresses_are_shared_out() {
    let mut all = Config::new();
    all.host("one").host("two").port(5433).hostaddr([127, 0, 0, 1].into()).hostaddr([127, 0, 0, 2].into());
    let mut two = Config::new();
    two.host("two").port(5433).hostaddr([127, 0, 0, 2].into());
    assert_eq!(alone(&all, 1), two);
}
