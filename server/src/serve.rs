//! `zhongshi serve`: from settings to a server that answers, and its orderly end.

use std::{sync::Arc, time::Duration};

use clap::Args;
use tokio::{
    net::TcpListener,
    sync::{Mutex, oneshot, watch},
};

use sea_orm::DbBackend;

use crate::{
    cli::CommandError,
    clock::SystemClock,
    demo,
    http::router,
    listening::{Pausing, Peer},
    settings::Settings,
    state::AppState,
    store::Store,
    usecase::{background, people},
};

/// Options of `zhongshi serve`.
#[derive(Clone, Debug, Default, Args)]
pub struct ServeOptions {
    /// Demonstration mode: fill an empty database with invented platforms, firms and bookings on first start. On
    /// PostgreSQL its schema must be there, or `--migrate` asked for.
    #[arg(long)]
    pub demo: bool,
    /// Bring the schema up to date first. An embedded SQLite file always is; PostgreSQL only with this, so that of
    /// several servers one is told to.
    #[arg(long)]
    pub migrate: bool,
}

/// How long who was taken in may take to ask, once the demonstration is to begin anew.
const LAST_QUESTION: Duration = Duration::from_millis(500);

/// Why a server stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stopped {
    /// It was told to by the system.
    Told,
    /// A visitor asked for the demonstration to begin anew.
    BeginAnew,
}

/// Serves until Ctrl-C or SIGTERM, then lets requests under way finish. In a demonstration visitors may have it begin
/// anew: whoever asks for something meanwhile waits, since the address stays bound.
///
/// Without an administrator it serves all the same, and says which command makes one: companies can register and
/// platforms be imported meanwhile, and nobody gains rights by it.
///
/// # Errors
/// The database can't be opened or lacks migrations; the address can't be bound.
pub async fn run(settings: Settings, options: &ServeOptions) -> Result<(), CommandError> {
    let mut settings = settings;
    settings.demonstration |= options.demo;
    let listener = std::net::TcpListener::bind(settings.listen)
        .and_then(|listener| listener.set_nonblocking(true).map(|()| listener))
        .map_err(|error| format!("cannot listen on {}: {error}", settings.listen))?;
    settings.listen = listener.local_addr()?;
    let address = Bound::new(Mutex::new(Some(listener)));
    let mut as_it_was = false;
    while serve_once(&settings, options, &address, as_it_was).await? == Stopped::BeginAnew {
        let begun = tokio::select! {
            begun = demo::reset(&settings) => begun,
            () = stop_signal() => return Ok(()),
        };
        // What could not be deleted is served as it was, and says so.
        as_it_was = begun.is_err();
        if let Err(error) = begun {
            tracing::error!(%error, "the demonstration doesn't begin anew");
        }
    }
    Ok(())
}

/// The address as long as it is bound. It outlives a server that begins anew, and is given back as soon as one is told
/// to stop, so that nobody connects who won't be answered.
type Bound = Arc<Mutex<Option<std::net::TcpListener>>>;

async fn serve_once(
    settings: &Settings,
    options: &ServeOptions,
    address: &Bound,
    as_it_was: bool,
) -> Result<Stopped, CommandError> {
    let about = demo::first_start(settings, options.migrate, &SystemClock).await?;
    let store = Store::open(&(&settings.database).into()).await.map_err(|error| {
        format!("cannot open the database {}: {error}", without_password(&settings.database.url))
    })?;
    prepare(&store, options.migrate).await?;
    let drain = Duration::from_secs(settings.http.drain_seconds.into());
    let state = AppState { as_it_was, ..AppState::new(store, Arc::new(SystemClock), settings.clone()) };
    if !people::has_administrator(state.store.read()).await? {
        println!("There is no administrator yet. This makes one: zhongshi admin --email … --name …");
    }
    println!("Zhongshi answers at {}", state.settings.public_address());
    if let Some(about) = about {
        println!("{about}");
    }
    let mut work = background::start(&state);
    let (told, why) = oneshot::channel();
    let mut begin_anew = state.begin_anew.subscribe();
    let listener = address.lock().await.as_ref().map(std::net::TcpListener::try_clone);
    let listener = listener.ok_or("the address is given back already")??;
    let bound = Arc::clone(address);
    let stop = async move {
        let stopped = tokio::select! {
            () = stop_signal() => Stopped::Told,
            Ok(_) = begin_anew.wait_for(|asked| *asked) => Stopped::BeginAnew,
        };
        match stopped {
            Stopped::Told => drop(bound.lock().await.take()),
            // Nobody is taken in any more: who was has the time to ask, and to be sent to the next server. A connection
            // that is shut before it asked is a browser's error page.
            Stopped::BeginAnew => tokio::time::sleep(LAST_QUESTION).await,
        }
        // Nobody listens once serving has failed.
        let _ = told.send(stopped);
    };
    let served = serve(TcpListener::from_std(listener)?, state.clone(), stop, drain).await;
    work.shutdown().await;
    state.close().await;
    served?;
    Ok(why.await.unwrap_or(Stopped::Told))
}

/// An embedded database gets its schema without asking; a server's only when told to.
async fn prepare(store: &Store, asked: bool) -> Result<(), CommandError> {
    let pending = store.pending_migrations().await?;
    if pending.is_empty() {
        return Ok(());
    }
    if asked || store.backend() == DbBackend::Sqlite {
        tracing::info!(migrations = pending.len(), "bringing the schema up to date");
        return Ok(store.migrate().await?);
    }
    Err(format!(
        "the database lacks {} migrations: serve with --migrate, or run `zhongshi migrate` first. A server's \
         database isn't changed unasked, so that of several servers one is told to.",
        pending.len()
    )
    .into())
}

/// A database's address as it may be shown.
fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    }
}

/// Answers requests on `listener` until `stop` completes; then waits at most `drain` for those under way.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    stop: impl Future<Output = ()> + Send + 'static,
    drain: Duration,
) -> Result<(), CommandError> {
    let live = state.live.clone();
    let listener = Pausing::new(listener, state.begin_anew.subscribe());
    let service = router(state).into_make_service_with_connect_info::<Peer>();
    let (stopping, mut stopped) = watch::channel(false);
    let signal = async move {
        stop.await;
        tracing::info!("stopping: requests under way finish");
        live.close();
        stopping.send_replace(true);
    };
    let server = axum::serve(listener, service).with_graceful_shutdown(signal);
    let late = async move {
        if stopped.wait_for(|stopping| *stopping).await.is_ok() {
            tokio::time::sleep(drain).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        ended = server => ended?,
        () = late => tracing::warn!("some requests did not finish in {} s", drain.as_secs()),
    }
    Ok(())
}

async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
