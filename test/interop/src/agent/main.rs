//! A call agent on the crate sccp-protocol that a test drives: its configuration is the first line of standard input, each further line a
//! command; what happens comes as lines of JSON on standard output. Each command is answered by `done` or `failed`, in order.

mod command;
mod configuration;
mod documents;
mod names;
mod report;
mod switch;

use command::Request;
use configuration::Configuration;
use report::say;
use sccp_protocol::{
    DeviceId, Event, Server, ServerHandle, ServerObservation, ServerObservationKind,
};
use serde_json::json;
use std::error::Error;
use std::net::SocketAddr;
use switch::Switch;
use tokio::io::{AsyncBufReadExt, BufReader, Lines, Stdin};
use tokio::sync::mpsc;

/// Frames that may wait to be told.
const FRAMES_WAITING: usize = 4096;

/// The switch of a configuration.
fn switch(configuration: &Configuration, server: ServerHandle) -> Result<Switch, Box<dyn Error>> {
    let mut switch = Switch::new(
        server,
        configuration.codec()?,
        configuration.packet_time,
        configuration.confirms,
    );
    for device in &configuration.devices {
        if let Some((number, label)) = device.line() {
            switch.extension(number, label, DeviceId::new(device.id.as_str())?);
        }
    }
    if let Some(echo) = &configuration.echo {
        switch.echo(&echo.number, SocketAddr::new(echo.address, echo.port));
    }
    Ok(switch)
}

/// Tells each frame of the phones.
async fn tell_frames(mut seen: mpsc::Receiver<ServerObservation>) {
    while let Some(observation) = seen.recv().await {
        if let ServerObservationKind::Signaling(frame) = observation.kind {
            report::tell_frame(&frame);
        }
    }
}

/// Takes events and commands until the commands end.
async fn serve(
    switch: &mut Switch,
    mut events: mpsc::Receiver<Event>,
    mut commands: Lines<BufReader<Stdin>>,
) {
    loop {
        tokio::select! {
            event = events.recv() => {
                let Some(event) = event else { return };
                report::tell(&event);
                if let Event::Device(event) = event && let Err(error) = switch.take(event).await {
                    say("failed-event", json!({ "error": error.to_string() }));
                }
            }
            line = commands.next_line() => {
                let Ok(Some(line)) = line else { return };
                match perform(&line, switch).await {
                    Ok(()) => say("done", json!({})),
                    Err(error) => say("failed", json!({ "error": error.to_string() })),
                }
            }
        }
    }
}

async fn perform(line: &str, switch: &mut Switch) -> Result<(), Box<dyn Error>> {
    serde_json::from_str::<Request>(line)?.perform(switch).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut commands = BufReader::new(tokio::io::stdin()).lines();
    let line = commands
        .next_line()
        .await?
        .ok_or("a configuration is expected")?;
    let configuration: Configuration = serde_json::from_str(&line)?;
    let definitions: Result<Vec<_>, _> = configuration
        .devices
        .iter()
        .map(|device| device.definition())
        .collect();
    let (server, handle, events) = Server::bind(configuration.server(), definitions?).await?;
    let port = server.local_addr()?.port();
    let (sender, seen) = mpsc::channel(FRAMES_WAITING);
    let running = tokio::spawn(server.with_observation_sender(sender).run());
    tokio::spawn(tell_frames(seen));
    let mut switch = switch(&configuration, handle.clone())?;
    say("ready", json!({ "port": port }));
    serve(&mut switch, events, commands).await;
    handle.shutdown().await?;
    running.await??;
    Ok(())
}
