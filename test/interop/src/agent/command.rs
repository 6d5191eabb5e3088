//! What a test has the call agent do: one JSON object a line, `do` its kind, `device` the phone.

use crate::documents::{self, APPLICATION, TRANSACTION};
use crate::names::Named;
use crate::report::say;
use crate::switch::Switch;
use sccp_protocol::{
    BlfCallerInfo, BlfState, CallDirection, CallId, CallInfo, CallReference, CallState,
    CiscoIpPhoneExecute, CiscoIpPhoneExecuteItem, CiscoIpPhoneInput, CiscoIpPhoneInputItem,
    CiscoIpPhoneText, Codec, CommandAction, ConferenceId, ConferenceListEntry, DeviceId,
    DoNotDisturbButtonMode, DoNotDisturbMode, EchoCancellation, G723BitRate, HandsetStatusMessage,
    IncomingPresentation, IncomingRing, LineInstance, MulticastMediaRoute, ParkingMenuEntry,
    ParticipantId, PhoneInputFlags, PhoneInputParameterName, PhoneServicePriority,
    RecordingButtonState, ResetType, RingDuration, RingerMode, SilenceSuppression, Tone,
};
use serde::Deserialize;
use serde_json::json;
use std::error::Error;
use std::net::{IpAddr, SocketAddr};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    device: String,
    /// The call that is meant, where it is about one; the phone's present one when left out.
    call: Option<u64>,
    #[serde(flatten)]
    action: Action,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", rename_all_fields = "camelCase")]
enum Action {
    /// A call from outside, answered to the echo.
    Offer {
        #[serde(default)]
        caller: Party,
        #[serde(default)]
        waiting: bool,
        /// Ringer mode and duration by name; no ringing when `silent`.
        ring: Option<String>,
        duration: Option<String>,
        #[serde(default)]
        silent: bool,
        /// Who the call was for at first.
        diverted: Option<Party>,
        /// Bits of what is to be hidden.
        #[serde(default)]
        restrictions: u32,
    },
    /// The call agent takes the call that rings for the phone: a loudspeaker announcement.
    AutoAnswer,
    Close,
    Info {
        caller: Party,
        called: Party,
        #[serde(default)]
        restrictions: u32,
    },
    State {
        state: String,
    },
    Select {
        selected: bool,
    },
    Prompt {
        text: String,
        #[serde(default)]
        seconds: u32,
    },
    ClearPrompt,
    Status {
        text: String,
        #[serde(default)]
        seconds: u8,
    },
    ClearStatus,
    Tone {
        tone: String,
    },
    Ring,
    StopRing,
    Microphone {
        on: bool,
    },
    Open,
    CloseReceive,
    Start {
        address: IpAddr,
        port: u16,
    },
    StopMedia,
    MulticastReceive {
        address: IpAddr,
        port: u16,
    },
    StopMulticastReceive,
    MulticastSend {
        address: IpAddr,
        port: u16,
    },
    StopMulticastSend,
    Mwi {
        on: bool,
    },
    Forward {
        all: Option<String>,
        busy: Option<String>,
        no_answer: Option<String>,
    },
    Feature {
        instance: u32,
        on: bool,
    },
    DoNotDisturb {
        instance: u32,
        mode: String,
    },
    RecordingButton {
        state: String,
    },
    Recording {
        on: bool,
    },
    Blf {
        instance: u32,
        state: String,
        caller: Option<Party>,
    },
    ParkingMenu {
        instance: u32,
        lot: String,
        slot: u32,
        caller: Party,
    },
    ConferenceList {
        participants: Vec<Party>,
    },
    Text {
        title: String,
        prompt: String,
        text: String,
    },
    Input {
        title: String,
        prompt: String,
        parameter: String,
    },
    Execute {
        url: String,
    },
    /// Pushes a document of a kind, whose files lie at `base`.
    Document {
        kind: String,
        base: String,
    },
    /// Tells the text of a document.
    Xml {
        kind: String,
        base: String,
    },
    /// What may be done with somebody of the conference.
    ParticipantActions {
        participant: Party,
    },
    Reset {
        kind: String,
    },
    Disconnect,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Party {
    #[serde(default)]
    name: String,
    #[serde(default)]
    number: String,
}

/// Conference of the pages and lists of this call agent.
const CONFERENCE: ConferenceId = ConferenceId::new(77);

fn first_line() -> LineInstance {
    LineInstance::new(1)
}

fn route(address: IpAddr, port: u16) -> MulticastMediaRoute {
    MulticastMediaRoute {
        address,
        port,
        codec: Codec::Pcmu,
        packet_millis: 20,
    }
}

fn ringing(mode: Option<&str>, duration: Option<&str>) -> Result<IncomingRing, String> {
    let usual = IncomingRing::default();
    Ok(IncomingRing {
        mode: mode.map_or(Ok(usual.mode), RingerMode::named)?,
        duration: duration.map_or(Ok(usual.duration), RingDuration::named)?,
    })
}

impl Request {
    /// Does it. What cannot be done has a reason.
    pub async fn perform(self, switch: &mut Switch) -> Result<(), Box<dyn Error>> {
        let device = DeviceId::new(self.device.as_str())?;
        let call = self
            .call
            .map(CallId::new)
            .or_else(|| switch.current(&device));
        let call = call.ok_or("the phone has no call");
        let send = |action| (device.clone(), action);
        let (device, action) = match self.action {
            Action::Offer {
                caller,
                waiting,
                ring,
                duration,
                silent,
                diverted,
                restrictions,
            } => {
                let diverted = diverted.unwrap_or_default();
                let info = CallInfo {
                    direction: CallDirection::Inbound,
                    calling_name: caller.name,
                    calling_number: caller.number,
                    original_called_name: diverted.name.clone(),
                    original_called_number: diverted.number.clone(),
                    last_redirecting_name: diverted.name,
                    last_redirecting_number: diverted.number,
                    party_restrictions: restrictions,
                    ..CallInfo::default()
                };
                let ring = ringing(ring.as_deref(), duration.as_deref())?;
                let presentation = if waiting {
                    IncomingPresentation::CallWaiting
                } else {
                    IncomingPresentation::RingIn
                };
                switch
                    .offer(&device, info, presentation, (!silent).then_some(ring))
                    .await?;
                return Ok(());
            }
            Action::AutoAnswer => return Ok(switch.auto_answer(call?).await?),
            Action::Close => return Ok(switch.close(call?).await?),
            Action::Open => return Ok(switch.open(&device, call?).await?),
            Action::Start { address, port } => {
                return Ok(switch
                    .start(&device, call?, SocketAddr::new(address, port))
                    .await?);
            }
            Action::Info {
                caller,
                called,
                restrictions,
            } => send(CommandAction::SetCallInfo {
                call_id: call?,
                info: CallInfo {
                    calling_name: caller.name,
                    calling_number: caller.number,
                    called_name: called.name,
                    called_number: called.number,
                    party_restrictions: restrictions,
                    ..CallInfo::default()
                },
            }),
            Action::State { state } => send(CommandAction::SetCallState {
                call_id: call?,
                state: CallState::named(&state)?,
            }),
            Action::Select { selected } => send(CommandAction::SetCallSelected {
                call_id: call?,
                selected,
            }),
            Action::Prompt { text, seconds } => send(CommandAction::DisplayPrompt {
                call_id: call?,
                timeout_seconds: seconds,
                text,
            }),
            Action::ClearPrompt => send(CommandAction::ClearPrompt { call_id: call? }),
            Action::Status { text, seconds } => send(CommandAction::SetStatusMessage {
                message: HandsetStatusMessage::Display {
                    text,
                    timeout_seconds: seconds,
                    priority: None,
                },
                beep: false,
            }),
            Action::ClearStatus => send(CommandAction::SetStatusMessage {
                message: HandsetStatusMessage::Clear { priority: None },
                beep: false,
            }),
            Action::Tone { tone } => send(CommandAction::StartTone {
                call_id: call?,
                tone: Tone::named(&tone)?,
            }),
            Action::Ring => send(CommandAction::StartRinging { call_id: call? }),
            Action::StopRing => send(CommandAction::StopRinging { call_id: call? }),
            Action::Microphone { on } => send(CommandAction::SetMicrophoneMode { enabled: on }),
            Action::CloseReceive => send(CommandAction::CloseReceiveChannel { call_id: call? }),
            Action::StopMedia => send(CommandAction::StopMedia { call_id: call? }),
            Action::MulticastReceive { address, port } => {
                send(CommandAction::StartMulticastReception {
                    conference_id: CONFERENCE,
                    call_id: call?,
                    route: route(address, port),
                    echo_cancellation: EchoCancellation::Off,
                    g723_bitrate: G723BitRate::from(0),
                })
            }
            Action::StopMulticastReceive => send(CommandAction::StopMulticastReception {
                conference_id: CONFERENCE,
                call_id: call?,
            }),
            Action::MulticastSend { address, port } => {
                send(CommandAction::StartMulticastTransmission {
                    conference_id: CONFERENCE,
                    call_id: call?,
                    route: route(address, port),
                    precedence: 0,
                    silence_suppression: SilenceSuppression::Off,
                    max_frames_per_packet: 0,
                    g723_bitrate: G723BitRate::from(0),
                })
            }
            Action::StopMulticastSend => send(CommandAction::StopMulticastTransmission {
                conference_id: CONFERENCE,
                call_id: call?,
            }),
            Action::Mwi { on } => send(CommandAction::SetMwi {
                line_instance: first_line(),
                enabled: on,
            }),
            Action::Forward {
                all,
                busy,
                no_answer,
            } => send(CommandAction::SetForwardStatus {
                line_instance: first_line(),
                forward_all: all,
                forward_busy: busy,
                forward_no_answer: no_answer,
            }),
            Action::Feature { instance, on } => send(CommandAction::SetFeatureStatus {
                instance: LineInstance::new(instance),
                enabled: on,
            }),
            Action::DoNotDisturb { instance, mode } => send(CommandAction::SetDoNotDisturbStatus {
                instance: LineInstance::new(instance),
                mode: DoNotDisturbMode::named(&mode)?,
                button_mode: DoNotDisturbButtonMode::Cycle,
            }),
            Action::RecordingButton { state } => send(CommandAction::SetRecordingButtonStatus {
                state: RecordingButtonState::named(&state)?,
            }),
            Action::Recording { on } => send(CommandAction::SetRecordingStatus {
                call_id: call?,
                active: on,
            }),
            Action::Blf {
                instance,
                state,
                caller,
            } => send(CommandAction::SetBlfStatus {
                instance: LineInstance::new(instance),
                state: BlfState::named(&state)?,
                caller: caller.map(|caller| BlfCallerInfo {
                    name: caller.name,
                    number: caller.number,
                }),
            }),
            Action::ParkingMenu {
                instance,
                lot,
                slot,
                caller,
            } => send(CommandAction::ShowParkingMenu {
                instance: LineInstance::new(instance),
                transaction_id: TRANSACTION,
                lot,
                calls: vec![ParkingMenuEntry {
                    slot,
                    caller_name: caller.name,
                    caller_number: caller.number,
                    connected_name: String::new(),
                    connected_number: String::new(),
                }],
            }),
            Action::ConferenceList { participants } => send(CommandAction::ShowConferenceList {
                call_id: call?,
                conference_id: CONFERENCE,
                participants: (1..)
                    .zip(participants)
                    .map(|(id, party)| ConferenceListEntry {
                        participant_id: ParticipantId::new(id),
                        name: party.name,
                        number: party.number,
                        moderator: id == 1,
                        muted: false,
                    })
                    .collect(),
            }),
            Action::Text {
                title,
                prompt,
                text,
            } => send(CommandAction::ShowTextService {
                line_instance: first_line(),
                call_reference: CallReference::new(0),
                transaction_id: TRANSACTION,
                priority: PhoneServicePriority::NORMAL,
                document: CiscoIpPhoneText::new(title, prompt, text)?,
            }),
            Action::Input {
                title,
                prompt,
                parameter,
            } => send(CommandAction::ShowInputService {
                line_instance: first_line(),
                call_reference: CallReference::new(0),
                application_id: APPLICATION,
                transaction_id: TRANSACTION,
                priority: PhoneServicePriority::NORMAL,
                document: CiscoIpPhoneInput::new(
                    title,
                    prompt,
                    "UserData:1:answer",
                    vec![CiscoIpPhoneInputItem {
                        display_name: Some(parameter.clone()),
                        parameter: PhoneInputParameterName::new(parameter)?,
                        flags: PhoneInputFlags::Telephone,
                        default_value: None,
                    }],
                )?,
            }),
            Action::Execute { url } => send(CommandAction::ExecutePhoneActions {
                line_instance: first_line(),
                call_reference: CallReference::new(0),
                application_id: APPLICATION,
                transaction_id: TRANSACTION,
                priority: PhoneServicePriority::NORMAL,
                document: CiscoIpPhoneExecute::new(vec![CiscoIpPhoneExecuteItem::new(&url)?])?,
            }),
            Action::Document { kind, base } => send(documents::command(&kind, &base)?),
            Action::Xml { kind, base } => {
                say(
                    "xml",
                    json!({ "kind": kind, "text": documents::text_of(&kind, &base)? }),
                );
                return Ok(());
            }
            Action::ParticipantActions { participant } => {
                send(CommandAction::ShowConferenceParticipantActions {
                    call_id: call?,
                    conference_id: CONFERENCE,
                    participant: ConferenceListEntry {
                        participant_id: ParticipantId::new(2),
                        name: participant.name,
                        number: participant.number,
                        moderator: false,
                        muted: false,
                    },
                    removable: true,
                    demotable: false,
                })
            }
            Action::Reset { kind } => send(CommandAction::ResetDevice {
                reset_type: ResetType::named(&kind)?,
            }),
            Action::Disconnect => send(CommandAction::DisconnectDevice {}),
        };
        Ok(switch.send(&device, action).await?)
    }
}
