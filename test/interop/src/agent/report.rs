//! What the call agent tells the test: one JSON object a line on standard output, `event` its kind.

use sccp_protocol::{
    CallId, DeviceEvent, DeviceEventKind, Event, MediaStatus, PhoneServicePayload,
    SignalingDirection, SignalingObservation,
};
use serde_json::{Map, Value, json};
use std::io::Write;

/// Prints an event. A test that is gone needs none.
pub fn say(event: &str, fields: Value) {
    let mut line = Map::new();
    line.insert("event".into(), event.into());
    if let Value::Object(fields) = fields {
        line.extend(fields);
    }
    let _ = writeln!(std::io::stdout().lock(), "{}", Value::Object(line));
}

/// Tells what came from a phone, or went wrong with one.
pub fn tell(event: &Event) {
    match event {
        Event::Device(event) => tell_device(event),
        Event::SessionError { error, .. } => say("session-error", json!({ "error": error })),
        Event::ProtocolWarning {
            device_id,
            message_id,
            error,
            ..
        } => say(
            "warning",
            json!({ "device": device_id.as_ref().map(ToString::to_string), "message": message_id, "error": error }),
        ),
    }
}

fn tell_device(
    DeviceEvent {
        device_id, event, ..
    }: &DeviceEvent,
) {
    let device = device_id.to_string();
    let tell = |name: &str, fields: Value| {
        let mut all = json!({ "device": device });
        if let (Value::Object(all), Value::Object(fields)) = (&mut all, fields) {
            all.extend(fields);
        }
        say(name, all);
    };
    let call = |id: &CallId| json!({ "call": id.get() });
    match event {
        DeviceEventKind::Registered(registration) => tell(
            "registered",
            json!({ "version": registration.protocol.wire(), "type": registration.device_type.wire_value(), "load": registration.firmware }),
        ),
        DeviceEventKind::Disconnected {} => tell("disconnected", json!({})),
        DeviceEventKind::Capabilities { capabilities } => tell(
            "capabilities",
            json!({ "text": format!("{capabilities:?}") }),
        ),
        DeviceEventKind::OffHook { call_id, .. } => tell("off-hook", call(call_id)),
        DeviceEventKind::OnHook { call_id, .. } => tell("on-hook", call(call_id)),
        DeviceEventKind::Digit { call_id, digit } => {
            tell(
                "digit",
                json!({ "call": call_id.get(), "digit": format!("{digit:?}") }),
            );
        }
        DeviceEventKind::EnblocCall {
            call_id, number, ..
        } => tell("enbloc", json!({ "call": call_id.get(), "number": number })),
        DeviceEventKind::SpeedDial {
            call_id, number, ..
        } => tell(
            "speed-dial",
            json!({ "call": call_id.get(), "number": number }),
        ),
        DeviceEventKind::SoftKey {
            call_id, soft_key, ..
        } => tell(
            "softkey",
            json!({ "call": call_id.map(CallId::get), "key": format!("{soft_key:?}") }),
        ),
        DeviceEventKind::FeatureButton { instance }
        | DeviceEventKind::DoNotDisturbButton { instance }
        | DeviceEventKind::RecordingButton { instance }
        | DeviceEventKind::MobilityButton { instance }
        | DeviceEventKind::ParkingLotButton { instance, .. } => {
            tell("feature", json!({ "instance": instance.get() }))
        }
        DeviceEventKind::VoicemailButton { .. } => tell("voicemail", json!({})),
        DeviceEventKind::ParkingMenuSelection { lot, slot } => {
            tell("parked-call-chosen", json!({ "lot": lot, "slot": slot }))
        }
        DeviceEventKind::PhoneServiceResponse { response } => {
            let routing = response.routing;
            let mut fields = json!({
                "application": routing.application_id.get(), "line": routing.line_instance.get(),
                "reference": routing.call_reference.get(), "transaction": routing.transaction_id.get(),
            });
            match &response.payload {
                PhoneServicePayload::Submission(submission) => {
                    fields["route"] = submission.route.clone().into();
                    fields["values"] = submission
                        .values
                        .iter()
                        .map(|value| format!("{}={}", value.name, value.value))
                        .collect();
                }
                PhoneServicePayload::ExecuteResponse(response) => {
                    fields["statuses"] = response
                        .items
                        .iter()
                        .map(|item| item.status.get())
                        .collect();
                }
                PhoneServicePayload::Error(error) => fields["error"] = error.number.get().into(),
                PhoneServicePayload::Opaque(data) => fields["opaque"] = data.len().into(),
            }
            tell("service-response", fields);
        }
        DeviceEventKind::ConferenceListAction { action } => tell(
            "conference-action",
            json!({ "text": format!("{action:?}") }),
        ),
        DeviceEventKind::ReceiveChannelOpened {
            call_id,
            status,
            endpoint,
        } => tell(
            "receiving",
            json!({
                "call": call_id.get(), "ok": *status == MediaStatus::Ok,
                "address": endpoint.address.to_string(), "port": endpoint.rtp_port,
            }),
        ),
        DeviceEventKind::TransmitChannelOpen {
            call_id, outcome, ..
        } => {
            tell(
                "sending",
                json!({ "call": call_id.get(), "outcome": format!("{outcome:?}") }),
            );
        }
        DeviceEventKind::MulticastReceptionStarted { .. } => {
            tell("multicast-receiving", json!({ "ok": true }))
        }
        DeviceEventKind::MulticastReceptionFailed { .. }
        | DeviceEventKind::MulticastReceptionTimedOut { .. } => {
            tell("multicast-receiving", json!({ "ok": false }));
        }
        DeviceEventKind::ConnectionStatisticsCollected { snapshot } => tell(
            "statistics",
            json!({
                "call": snapshot.call_id.get(), "sent": snapshot.packets_sent, "received": snapshot.packets_received,
                "lost": snapshot.packets_lost, "quality": snapshot.quality_byte_count,
            }),
        ),
        DeviceEventKind::Alarm { text, .. } => tell("alarm", json!({ "text": text })),
        DeviceEventKind::UnhandledMessage { message } => {
            tell("unhandled", json!({ "text": format!("{message:?}") }))
        }
        other => tell("other", json!({ "text": format!("{other:?}") })),
    }
}

/// Tells each frame of a phone, as it was seen at the socket.
pub fn tell_frame(seen: &SignalingObservation) {
    if seen.direction != SignalingDirection::StationToServer {
        return;
    }
    let octets: String = seen
        .bytes
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect();
    say(
        "frame",
        json!({ "message": seen.message_id, "fidelity": format!("{:?}", seen.fidelity), "octets": octets }),
    );
}
