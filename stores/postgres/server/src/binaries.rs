//! Where PostgreSQL is, and as whom it is run.

use std::{
    env,
    ffi::OsStr,
    fs,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// The variable that leaves the tests on PostgreSQL out, set to anything.
pub const WITHOUT: &str = "HANDFAST_WITHOUT_POSTGRES";

pub(crate) const HOW_TO_GET: &str = "there is no PostgreSQL: `apt-get install postgresql`, or put `initdb` and `pg_ctl` \
                                     into the PATH, or leave its tests out by HANDFAST_WITHOUT_POSTGRES=1";

/// Whether the tests on PostgreSQL are left out.
pub fn is_left_out() -> bool {
    env::var_os(WITHOUT).is_some()
}

/// What is missing for a server, and how to get it; `None` when nothing is.
pub fn missing() -> Option<&'static str> {
    Binaries::find().is_none().then_some(HOW_TO_GET)
}

/// The variable that leaves the tests behind a pooler out, set to anything.
pub const WITHOUT_POOLER: &str = "HANDFAST_WITHOUT_PGBOUNCER";

const POOLER_HOW_TO_GET: &str =
    "there is no pgbouncer: `apt-get install pgbouncer`, or leave its tests out by HANDFAST_WITHOUT_PGBOUNCER=1";

/// Whether the tests behind a pooler are left out.
pub fn is_pooler_left_out() -> bool {
    is_left_out() || env::var_os(WITHOUT_POOLER).is_some()
}

/// What is missing for a pooler, and how to get it; `None` when nothing is.
pub fn missing_pooler() -> Option<&'static str> {
    program("pgbouncer").is_none().then_some(POOLER_HOW_TO_GET)
}

/// The pooler. Panics when there is none, and says how to get it.
pub fn pooler() -> PathBuf {
    program("pgbouncer").unwrap_or_else(|| panic!("{POOLER_HOW_TO_GET}"))
}

/// The variable that leaves the tests on a cluster out, set to anything.
pub const WITHOUT_PATRONI: &str = "HANDFAST_WITHOUT_PATRONI";

pub(crate) const PATRONI_HOW_TO_GET: &str = "there is no Patroni, or no etcd: `apt-get install patroni etcd-server \
                                             python3-etcd`, or leave its tests out by HANDFAST_WITHOUT_PATRONI=1";

/// Whether the tests on a cluster are left out.
pub fn is_patroni_left_out() -> bool {
    is_left_out() || env::var_os(WITHOUT_PATRONI).is_some()
}

/// What is missing for a cluster, and how to get it; `None` when nothing is.
pub fn missing_patroni() -> Option<&'static str> {
    (program("patroni").is_none() || program("etcd").is_none()).then_some(PATRONI_HOW_TO_GET)
}

pub(crate) struct Binaries {
    pub(crate) initdb: PathBuf,
    pub(crate) pg_ctl: PathBuf,
}

impl Binaries {
    pub(crate) fn find() -> Option<Self> {
        // both of one version, from where the first is: Debian's are not in the PATH
        let initdb = program("initdb")?.canonicalize().ok()?;
        let beside = initdb.with_file_name("pg_ctl");
        let pg_ctl = if beside.is_file() { beside } else { program("pg_ctl")? };
        Some(Binaries { initdb, pg_ctl })
    }
}

/// A program: from the PATH, else of the newest of Debian's PostgreSQL.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let sbin = ["/usr/sbin".into(), "/usr/local/sbin".into()];
    let mut folders: Vec<PathBuf> = env::split_paths(&path).chain(sbin).collect();
    let mut versions: Vec<_> = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().collect();
    let number = |folder: &fs::DirEntry| folder.file_name().to_string_lossy().parse::<u32>().unwrap_or(0);
    versions.sort_by_key(|folder| std::cmp::Reverse(number(folder)));
    folders.extend(versions.into_iter().map(|folder| folder.path().join("bin")));
    folders.into_iter().map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// As whom the server is run: PostgreSQL refuses to be run by root.
pub(crate) struct Owner(Option<(u32, u32)>);

impl Owner {
    pub(crate) fn find() -> Self {
        let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let user = |name: &str| {
            let mut fields =
                users.lines().map(|line| line.split(':')).find(|line| line.clone().next() == Some(name))?;
            Some((fields.nth(2)?.parse().ok()?, fields.next()?.parse().ok()?))
        };
        Owner(if is_root { user("postgres").or_else(|| user("nobody")) } else { None })
    }

    pub(crate) fn own(&self, folder: &Path) {
        if let Some((user, group)) = self.0 {
            chown(folder, Some(user), Some(group)).expect("a folder to give away");
        }
    }

    pub(crate) fn run(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        // from a folder that every user may enter
        command.current_dir("/");
        if let Some((user, group)) = self.0 {
            command.gid(group).uid(user);
        }
        command
    }

    /// Starts a script of the shell that lives until its standard input ends: until this process drops it or is gone.
    pub(crate) fn watch<A: AsRef<OsStr>>(&self, script: &str, arguments: impl IntoIterator<Item = A>) -> Child {
        let mut watch = self.run("sh");
        watch.args(["-c", script, "watch"]).args(arguments).stdin(Stdio::piped());
        watch.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("sh")
    }
}
