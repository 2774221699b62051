//! Statements sent one behind the other, without waiting for the answers between them: one round trip.

use std::{
    collections::HashMap,
    future::{Future, poll_fn},
    pin::Pin,
    sync::Arc,
    task::Poll,
};

use tokio_postgres::{Client, Error, Row, Statement, types::ToSql};

use crate::{cells::Param, failure::Failure, sql::Sql};

/// A statement and what is bound to it.
pub(crate) struct Ask<'a> {
    pub(crate) sql: Arc<Sql>,
    pub(crate) params: Vec<Param<'a>>,
}

/// What stands around statements: how a transaction begins and ends.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'a> {
    pub(crate) begin: &'a str,
    pub(crate) end: &'a str,
    /// What ends it where not all could be sent.
    pub(crate) undo: &'a str,
    /// Whether what begins it is waited for: where it failed, what follows would be done without a transaction.
    pub(crate) waits: bool,
}

/// Where a round trip failed first. What comes behind that has failed with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum At {
    Begin,
    Ask(usize),
    End,
}

/// Statements that a connection has prepared, by their place in memory: they stay there.
#[derive(Default)]
pub(crate) struct Prepared(HashMap<usize, Statement>);

/// Statements that a connection keeps prepared at most: those of some hundred tables.
const STATEMENTS: usize = 1_024;

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Vec<Row>, Error>> + Send + 'a>>;

impl Prepared {
    fn known(&self, sql: &Arc<Sql>) -> Option<&Statement> {
        self.0.get(&(Arc::as_ptr(sql) as usize))
    }

    /// Prepares what is not yet, all in one round trip.
    pub(crate) async fn prepare(&mut self, client: &Client, asks: &[Ask<'_>]) -> Result<(), Failure> {
        let mut missing: Vec<&Arc<Sql>> = Vec::new();
        for ask in asks {
            let is_listed = missing.iter().any(|listed| Arc::ptr_eq(listed, &ask.sql));
            if self.known(&ask.sql).is_none() && !is_listed && self.0.len() + missing.len() < STATEMENTS {
                missing.push(&ask.sql);
            }
        }
        let mut sent: Vec<_> =
            missing.iter().map(|sql| Box::pin(client.prepare_typed(&sql.text, &sql.types))).collect();
        let first = send_all(&mut sent).await;
        for (sql, (sent, first)) in missing.iter().zip(sent.into_iter().zip(first)) {
            let statement = match first {
                Some(answer) => answer,
                None => sent.await,
            };
            self.0.insert(Arc::as_ptr(sql) as usize, statement?);
        }
        Ok(())
    }
}

/// Sends all of `asks` within `frame` and gives the rows of each, or where and why it failed first.
///
/// When this returns, all is answered, and the frame has ended the transaction, or undone it.
pub(crate) async fn send(
    client: &Client,
    prepared: &Prepared,
    frame: Option<Frame<'_>>,
    asks: &[Ask<'_>],
) -> Result<Vec<Vec<Row>>, (At, Failure)> {
    let mut framing = frame;
    if let Some(Frame { begin, waits: true, .. }) = frame {
        client.batch_execute(begin).await.map_err(|error| (At::Begin, error.into()))?;
        framing = None;
    }
    let bound: Vec<_> = asks.iter().map(|ask| bind(ask)).collect();
    let mut sent: Vec<Answer<'_>> = Vec::with_capacity(asks.len() + 2);
    sent.extend(framing.map(|frame| say(client, frame.begin)));
    for (ask, bound) in asks.iter().zip(&bound) {
        sent.push(match prepared.known(&ask.sql) {
            Some(statement) => Box::pin(client.query(statement, &bound.0)),
            None => Box::pin(client.query_typed(&ask.sql.text, &bound.1)),
        });
    }
    let framed = usize::from(framing.is_some());
    let place = |at: usize| if at < framed { At::Begin } else { At::Ask(at - framed) };
    // the end is sent only when all before it was: a commit of less than all would be worse than none
    let first = send_all(&mut sent).await;
    let unsent = first.iter().flatten().any(|answer| answer.as_ref().is_err_and(|error| error.code().is_none()));
    let mut end = frame.map(|frame| say(client, if unsent { frame.undo } else { frame.end }));
    let ended = match &mut end {
        Some(end) => poll_once(end).await,
        None => Some(Ok(Vec::new())),
    };
    let mut answers = Vec::with_capacity(asks.len());
    let mut failed = None;
    for (at, (sent, first)) in sent.into_iter().zip(first).enumerate() {
        let answer = match first {
            Some(answer) => answer,
            None => sent.await,
        };
        match answer {
            Ok(rows) if at >= framed => answers.push(rows),
            Ok(_) => {}
            Err(error) => failed = failed.or(Some((place(at), Failure::from(error)))),
        }
    }
    let ended = match (ended, end) {
        (Some(ended), _) => ended,
        (None, Some(end)) => end.await,
        (None, None) => Ok(Vec::new()),
    };
    match (failed, ended) {
        (Some(failed), _) => Err(failed),
        (None, Err(error)) => Err((At::End, error.into())),
        (None, Ok(_)) => Ok(answers),
    }
}

type Bound<'a> = (Vec<&'a (dyn ToSql + Sync)>, Vec<(&'a (dyn ToSql + Sync), tokio_postgres::types::Type)>);

fn bind<'a>(ask: &'a Ask<'_>) -> Bound<'a> {
    let plain: Vec<&(dyn ToSql + Sync)> = ask.params.iter().map(|param| param as _).collect();
    let typed = plain.iter().copied().zip(ask.sql.types.iter().cloned()).collect();
    (plain, typed)
}

fn say<'a>(client: &'a Client, text: &'a str) -> Answer<'a> {
    Box::pin(async move { client.batch_execute(text).await.map(|()| Vec::new()) })
}

/// Has each send what it has to, in order: the driver sends when a call is polled for the first time. An answer may
/// be there at once, be it of the server or because nothing could be sent.
async fn send_all<T>(calls: &mut [impl Future<Output = T> + Unpin]) -> Vec<Option<T>> {
    let mut first = Vec::with_capacity(calls.len());
    for call in calls {
        first.push(poll_once(call).await);
    }
    first
}

async fn poll_once<T>(call: &mut (impl Future<Output = T> + Unpin)) -> Option<T> {
    poll_fn(|context| match Pin::new(&mut *call).poll(context) {
        Poll::Ready(answer) => Poll::Ready(Some(answer)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}
