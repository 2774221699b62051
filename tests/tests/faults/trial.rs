use std::{collections::BTreeSet, sync::Arc};

use handfast::{
    SCHEMA,
    store::{Changes, Memory, Store},
};
use handfast_tests::{
    StoreKind, World,
    faulty::{Fault, Faulty, Plan},
    fresh_store,
    snapshot::{Recorder, Snapshot},
};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    Answer,
    operations::Operation,
    picture::{Picture, ids, picture},
    stage::Stage,
};

type Recorded = Arc<Recorder<Arc<dyn Store>>>;

/// An operation about to be called, on a store of its own that can fail.
pub(crate) struct Trial<'a> {
    operation: &'a Operation,
    world: World,
    faulty: Arc<Faulty<Recorded>>,
    recorder: Recorded,
    _folder: Option<TempDir>,
}

impl<'a> Trial<'a> {
    pub(crate) fn new(kind: StoreKind, operation: &'a Operation) -> Self {
        let stage = Stage::get();
        let (store, folder) = fresh_store(kind);
        let recorder = Arc::new(Recorder::new(store));
        replay(&*recorder, &stage.history);
        let recorded = Arc::clone(&recorder);
        let knows = kind == StoreKind::Postgres;
        let faulty = Arc::new(if knows { Faulty::knowing(recorded) } else { Faulty::new(recorded) });
        let world = World::on(kind, Arc::new(Arc::clone(&faulty)), 2, Stage::policy);
        world.clock.set(stage.now);
        (operation.prepare)(&world, stage);
        Trial { operation, world, faulty, recorder, _folder: folder }
    }

    /// Calls the operation; gives its answer, and how many faults there were.
    pub(crate) fn act(&self, plan: Plan) -> (Answer, u64) {
        self.faulty.plan(plan);
        let answer = (self.operation.act)(&self.world, Stage::get());
        (answer.map_err(|error| error.code()), self.faulty.struck())
    }

    fn snapshot(&self) -> Snapshot {
        self.recorder.snapshot().unwrap()
    }
}

/// What an operation does when nothing goes wrong.
pub(crate) struct Course {
    /// Its answer.
    pub(crate) answer: Answer,
    /// How many calls it makes to its store.
    pub(crate) calls: u64,
    /// Which of them commit.
    commits: Vec<u64>,
    old: BTreeSet<Uuid>,
    /// What is stored before it, and after each of its commits.
    states: Vec<Picture>,
}

impl Course {
    pub(crate) fn of(kind: StoreKind, operation: &Operation) -> Self {
        let trial = Trial::new(kind, operation);
        let old = ids(&trial.snapshot());
        let before = trial.world.store.history();
        let ((answer, _), made) = trial.world.store.committed(|| trial.act(Plan::NONE));
        assert_eq!(answer, operation.answers, "`{}`", operation.name);
        assert_eq!(made.len(), operation.steps, "the steps of `{}`", operation.name);
        let calls = trial.faulty.calls();
        let recorder = Recorder::new(Memory::new());
        replay(&recorder, Stage::get().history.iter().chain(&before));
        let mut states = vec![picture(&recorder.snapshot().unwrap(), &old)];
        for changes in &made {
            recorder.commit(Arc::clone(changes)).unwrap();
            states.push(picture(&recorder.snapshot().unwrap(), &old));
        }
        assert!(states.windows(2).all(|pair| pair[0] != pair[1]), "`{}` has a step of nothing", operation.name);
        // only a commit can lose its answer
        let loses = |call: &u64| Trial::new(kind, operation).act(Fault::LosesTheAnswer.at(*call)).1 > 0;
        let commits = (1..=calls).filter(loses).collect();
        let course = Course { answer, calls, commits, old, states };
        course.compare(&trial, course.steps(), &format!("`{}` without a fault", operation.name));
        course
    }

    /// How many steps it makes.
    pub(crate) fn steps(&self) -> usize {
        self.states.len() - 1
    }

    /// Whether a call commits.
    pub(crate) fn commits(&self, call: u64) -> bool {
        self.commits.contains(&call)
    }

    /// Panics unless what is stored is what stands after `steps` steps.
    pub(crate) fn compare(&self, trial: &Trial<'_>, steps: usize, name: &str) {
        let is = picture(&trial.snapshot(), &self.old);
        if is != self.states[steps] {
            let others = |these: &Picture, those: &Picture| {
                let others = these.iter().filter(|line| !those.contains(line));
                others.cloned().collect::<Vec<_>>().join("\n  ")
            };
            let (more, less) = (others(&is, &self.states[steps]), others(&self.states[steps], &is));
            let like = self.states.iter().position(|state| *state == is);
            panic!("{name}: not as after step {steps}, but {like:?}\nstands:\n  {more}\nshould stand:\n  {less}");
        }
    }
}

fn replay<'a>(store: &dyn Store, history: impl IntoIterator<Item = &'a Arc<Changes>>) {
    store.migrate(&SCHEMA).unwrap();
    history.into_iter().for_each(|changes| store.commit(Arc::clone(changes)).unwrap());
}
