//! Reads messages of a phone with the crate's codec and writes each anew, as a second opinion beside tshark's.
//!
//! Each line of standard input is a negotiated version and a frame in hexadecimal digits; each gets a line of JSON on standard
//! output with a verdict: `exact` (written anew it is the same to the octet), `header` (but for the header's version), `rewritten`
//! (in another form that says the same), `different` (with the places, as with the two before), `opaque` (its name is known, its
//! fields are not), `unknown`, `refused` or `unwritable` (with the reason); and with what was read.

use sccp_protocol::{ClientMessage, Frame, FrameDecoder, MessageId, ProtocolVersion};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead, Write};

/// Octets of length, version and id.
const HEADER: usize = 12;
/// Where the header's version stands.
const VERSION: std::ops::Range<usize> = 4..8;
/// Places of a difference that are told.
const PLACES: usize = 12;

fn octets(digits: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    if digits.len() % 2 != 0 {
        return Err("an odd number of hexadecimal digits".into());
    }
    (0..digits.len())
        .step_by(2)
        .map(|at| {
            Ok(u8::from_str_radix(
                digits.get(at..at + 2).ok_or("no hexadecimal digits")?,
                16,
            )?)
        })
        .collect()
}

/// The one frame that octets hold.
fn frame(wire: &[u8]) -> Result<Frame, Box<dyn Error>> {
    let mut frames = FrameDecoder::new().push(wire)?;
    match (frames.pop(), frames.len()) {
        (Some(frame), 0) => Ok(frame),
        _ => Err("one frame is expected".into()),
    }
}

/// Takes a line apart: the version in force, and the frame as it came.
fn parse(line: &str) -> Result<(ProtocolVersion, Vec<u8>), Box<dyn Error>> {
    let (version, digits) = line
        .split_once(' ')
        .ok_or("a version and a frame are expected")?;
    Ok((ProtocolVersion::new(version.parse()?)?, octets(digits)?))
}

/// Places of a payload where two frames differ, as `place:came/written`; the lengths first where they do.
fn differences(came: &[u8], written: &[u8]) -> Vec<String> {
    let mut places = Vec::new();
    if came.len() != written.len() {
        places.push(format!("octets {}/{}", came.len(), written.len()));
    }
    let pairs = came.iter().zip(written).enumerate().skip(HEADER);
    places.extend(
        pairs
            .filter(|(_, (one, other))| one != other)
            .take(PLACES)
            .map(|(at, (one, other))| format!("{}:{one:02x}/{other:02x}", at - HEADER)),
    );
    places
}

/// Whether a message that was written anew is read as it was before.
fn says_the_same(
    message: &ClientMessage,
    written: &[u8],
    version: ProtocolVersion,
) -> Result<bool, Box<dyn Error>> {
    Ok(ClientMessage::decode_with_version(frame(written)?, version)? == *message)
}

fn judge(version: ProtocolVersion, wire: &[u8]) -> Result<Value, Box<dyn Error>> {
    let frame = frame(wire)?;
    let id = frame.message_id;
    let name = format!("{:?}", MessageId::from(id));
    let verdict = |verdict: &str, detail: Vec<String>, read: String| {
        Ok(json!({ "id": id, "name": name, "verdict": verdict, "detail": detail, "read": read }))
    };
    let message = match ClientMessage::decode_with_version(frame, version) {
        Ok(message) => message,
        Err(error) => return verdict("refused", vec![error.to_string()], String::new()),
    };
    let read = format!("{message:?}");
    match message {
        ClientMessage::KnownOpaque(_) => return verdict("opaque", Vec::new(), read),
        ClientMessage::Unknown(_) => return verdict("unknown", Vec::new(), read),
        _ => {}
    }
    let written = match message.encode(version) {
        Ok(written) => written,
        Err(error) => return verdict("unwritable", vec![error.to_string()], read),
    };
    let places = differences(wire, &written);
    let name = if !places.is_empty() {
        if says_the_same(&message, &written, version)? {
            "rewritten"
        } else {
            "different"
        }
    } else if wire[VERSION] == written[VERSION] {
        "exact"
    } else {
        "header"
    };
    verdict(name, places, read)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let verdict = parse(&line).and_then(|(version, wire)| judge(version, &wire));
        writeln!(
            output,
            "{}",
            verdict.map_err(|error| format!("'{line}': {error}"))?
        )?;
    }
    Ok(())
}
