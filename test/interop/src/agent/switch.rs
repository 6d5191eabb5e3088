//! The calls: what phones ask for becomes what is told to phones. As small as it can be with calls between the phones and to an echo,
//! call waiting, hold and transfer; everything else comes as a command.

use crate::report::say;
use sccp_protocol::{
    AudioProcessingPolicy, CallDirection, CallId, CallInfo, CallState, Codec, Command,
    CommandAction, DeviceEvent, DeviceEventKind, DeviceId, Digit, DtmfMode, IncomingPresentation,
    IncomingRing, LineInstance, MediaEndpoint, MediaStatus, MediaTrafficClass,
    RFC2833_TELEPHONE_EVENT_PAYLOAD, ReceiveChannelPurpose, ServerError, ServerHandle, SoftKey,
    Tone,
};
use serde_json::json;
use std::collections::HashMap;
use std::net::SocketAddr;

/// DSCP of sound: expedited forwarding.
const EXPEDITED: u8 = 46;

type Done = Result<(), ServerError>;

/// Who is at the other end of a call's leg.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Peer {
    Nobody,
    Echo,
    Leg(CallId),
}

/// How far a leg has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stage {
    Dialling,
    RingingOut,
    RingingIn,
    Connected,
    Held,
    /// It came to nothing, and waits for its user to hang up.
    Failed,
}

/// A call as one phone has it.
#[derive(Debug)]
struct Leg {
    device: DeviceId,
    digits: String,
    stage: Stage,
    peer: Peer,
    /// Where the phone takes its sound, once it has said so.
    receives: Option<MediaEndpoint>,
    /// The held call that this one is to take over.
    transfers: Option<CallId>,
}

/// A number that rings a phone.
struct Extension {
    number: String,
    name: String,
    device: DeviceId,
}

pub struct Switch {
    pub server: ServerHandle,
    codec: Codec,
    packet_time: u32,
    /// Whether each message waits until it has gone out, as tests want it that look at what comes next.
    confirms: bool,
    extensions: Vec<Extension>,
    echo: Option<(String, SocketAddr)>,
    legs: HashMap<CallId, Leg>,
}

impl Switch {
    pub fn new(server: ServerHandle, codec: Codec, packet_time: u32, confirms: bool) -> Self {
        Self {
            server,
            codec,
            packet_time,
            confirms,
            extensions: Vec::new(),
            echo: None,
            legs: HashMap::new(),
        }
    }

    /// A number that rings a phone.
    pub fn extension(&mut self, number: &str, name: &str, device: DeviceId) {
        self.extensions.push(Extension {
            number: number.into(),
            name: name.into(),
            device,
        });
    }

    /// A number that answers by itself, with sound from elsewhere.
    pub fn echo(&mut self, number: &str, address: SocketAddr) {
        self.echo = Some((number.into(), address));
    }

    /// The call that commands about a phone mean: the one that is up, else the youngest.
    pub fn current(&self, device: &DeviceId) -> Option<CallId> {
        let of_device = || self.legs.iter().filter(|(_, leg)| leg.device == *device);
        let up = of_device()
            .filter(|(_, leg)| leg.stage == Stage::Connected)
            .map(|(id, _)| *id)
            .max();
        up.or_else(|| of_device().map(|(id, _)| *id).max())
    }

    /// Sends to a phone; done when it has gone out, or with many phones when it waits for that in the server's queue.
    pub async fn send(&self, device: &DeviceId, action: CommandAction) -> Done {
        let command = Command::new(device.clone(), action);
        if self.confirms {
            self.server.send_confirmed(command).await
        } else {
            self.server.send(command).await
        }
    }

    /// Has a phone take sound.
    pub async fn open(&self, device: &DeviceId, call_id: CallId) -> Done {
        let action = CommandAction::OpenReceiveChannel {
            call_id,
            purpose: ReceiveChannelPurpose::Media,
            source: None,
            codec: self.codec,
            packet_ms: self.packet_time,
            max_frames_per_packet: 0,
            dtmf_mode: DtmfMode::Rfc2833,
            audio_processing: AudioProcessingPolicy::default(),
        };
        self.send(device, action).await
    }

    /// Has a phone send its sound somewhere.
    pub async fn start(&self, device: &DeviceId, call_id: CallId, to: SocketAddr) -> Done {
        let endpoint = MediaEndpoint {
            address: to.ip(),
            rtp_port: to.port(),
            rtcp_port: to.port() + 1,
            codec: self.codec,
            packet_ms: self.packet_time,
            max_frames_per_packet: 0,
            telephone_event_payload: RFC2833_TELEPHONE_EVENT_PAYLOAD,
        };
        let traffic_class = MediaTrafficClass::from_dscp(EXPEDITED).unwrap_or_default();
        let action = CommandAction::StartMedia {
            call_id,
            endpoint,
            dtmf_mode: DtmfMode::Rfc2833,
            audio_processing: AudioProcessingPolicy::default(),
            traffic_class,
        };
        self.send(device, action).await
    }

    /// A call comes from outside; it is answered to the echo.
    pub async fn offer(
        &mut self,
        device: &DeviceId,
        info: CallInfo,
        presentation: IncomingPresentation,
        ring: Option<IncomingRing>,
    ) -> Result<CallId, ServerError> {
        let call = self.server.reserve_call_id();
        self.legs
            .insert(call, Leg::new(device.clone(), Stage::RingingIn, Peer::Echo));
        let line = LineInstance::new(1);
        self.server
            .offer_incoming_call_with_id_and_ringer(
                device.clone(),
                line,
                call,
                info,
                presentation,
                ring,
            )
            .await?;
        Ok(call)
    }

    /// Answers a call in the phone's stead.
    pub async fn auto_answer(&mut self, call: CallId) -> Done {
        match self.legs.get(&call).map(|leg| leg.stage) {
            Some(Stage::RingingIn) => self.answer(call).await,
            _ => Err(ServerError::UnknownCall(call)),
        }
    }

    /// Takes what a phone has done.
    pub async fn take(&mut self, event: DeviceEvent) -> Done {
        let device = event.device_id;
        match event.event {
            DeviceEventKind::OffHook {
                call_id,
                line_instance,
            } => match self.legs.get(&call_id).map(|leg| leg.stage) {
                Some(Stage::RingingIn) => self.answer(call_id).await,
                Some(_) => Ok(()),
                None => self.begin(&device, call_id, line_instance).await,
            },
            DeviceEventKind::LineButton {
                line_instance,
                call_id: None,
            } => {
                let call = self.server.reserve_call_id();
                self.begin(&device, call, line_instance).await
            }
            DeviceEventKind::LineButton {
                call_id: Some(call),
                ..
            } => match self.legs.get(&call).map(|leg| leg.stage) {
                Some(Stage::RingingIn) => self.answer(call).await,
                Some(Stage::Held) => self.resume(call).await,
                _ => Ok(()),
            },
            DeviceEventKind::Digit { call_id, digit } => self.digit(call_id, digit).await,
            DeviceEventKind::EnblocCall {
                call_id,
                line_instance,
                number,
            }
            | DeviceEventKind::SpeedDial {
                call_id,
                line_instance,
                number,
                ..
            } => {
                if !self.legs.contains_key(&call_id) {
                    self.begin(&device, call_id, line_instance).await?;
                }
                self.dial(call_id, &number, true).await
            }
            DeviceEventKind::SoftKey {
                call_id,
                line_instance,
                soft_key,
            } => {
                self.soft_key(&device, call_id, line_instance, soft_key)
                    .await
            }
            DeviceEventKind::ReceiveChannelOpened {
                call_id,
                status: MediaStatus::Ok,
                endpoint,
            } => self.receives(call_id, endpoint).await,
            DeviceEventKind::OnHook { call_id, .. } => self.close(call_id).await,
            DeviceEventKind::Disconnected {} => {
                self.legs.retain(|_, leg| leg.device != device);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Ends a call at both ends.
    pub async fn close(&mut self, call: CallId) -> Done {
        let Some(leg) = self.legs.remove(&call) else {
            return Ok(());
        };
        self.hang_up(&leg.device, call).await?;
        if let Peer::Leg(other) = leg.peer
            && let Some(peer) = self.legs.remove(&other)
        {
            self.hang_up(&peer.device, other).await?;
        }
        Ok(())
    }

    /// Ends a leg; a call that the phone still holds is shown anew, since the crate takes the keys of no other.
    async fn hang_up(&self, device: &DeviceId, call: CallId) -> Done {
        self.send(device, CommandAction::CloseCall { call_id: call })
            .await?;
        let held = self
            .legs
            .iter()
            .find(|(_, leg)| leg.device == *device && leg.stage == Stage::Held);
        match held {
            Some((call, _)) => {
                let action = CommandAction::SetCallState {
                    call_id: *call,
                    state: CallState::Hold,
                };
                self.send(device, action).await
            }
            None => Ok(()),
        }
    }

    async fn begin(&mut self, device: &DeviceId, call: CallId, line: LineInstance) -> Done {
        self.legs.insert(
            call,
            Leg::new(device.clone(), Stage::Dialling, Peer::Nobody),
        );
        let codec = self.codec;
        self.send(
            device,
            CommandAction::BeginCall {
                line_instance: line,
                call_id: call,
                codec,
            },
        )
        .await
    }

    async fn digit(&mut self, call: CallId, digit: Digit) -> Done {
        let Some(leg) = self.legs.get_mut(&call) else {
            return Ok(());
        };
        if leg.stage != Stage::Dialling {
            return Ok(());
        }
        match digit {
            Digit::Number(number) => leg.digits.push(char::from(b'0' + number)),
            Digit::Star => leg.digits.push('*'),
            Digit::Pound => {
                let digits = leg.digits.clone();
                return self.dial(call, &digits, true).await;
            }
            _ => return Ok(()),
        }
        let digits = leg.digits.clone();
        self.dial(call, &digits, false).await
    }

    /// Calls a number once it is one. @param complete that nothing more will come.
    async fn dial(&mut self, call: CallId, number: &str, complete: bool) -> Done {
        let Some(device) = self.legs.get(&call).map(|leg| leg.device.clone()) else {
            return Ok(());
        };
        if let Some((echo, _)) = &self.echo
            && echo == number
        {
            return self.call_echo(call, &device, number).await;
        }
        let known = self
            .extensions
            .iter()
            .map(|extension| &extension.number)
            .chain(self.echo.iter().map(|(echo, _)| echo));
        let possible = known.into_iter().any(|known| known.starts_with(number));
        let found = self
            .extensions
            .iter()
            .find(|extension| extension.number == number);
        match found.map(|extension| (extension.device.clone(), extension.name.clone())) {
            Some((target, name)) => self.ring(call, &device, &target, number, &name).await,
            None if possible && !complete => Ok(()),
            None => self.refuse(call, &device).await,
        }
    }

    /// No such number.
    async fn refuse(&mut self, call: CallId, device: &DeviceId) -> Done {
        self.stage(call, Stage::Failed);
        self.send(
            device,
            CommandAction::SetCallState {
                call_id: call,
                state: CallState::InvalidNumber,
            },
        )
        .await?;
        self.send(
            device,
            CommandAction::StartTone {
                call_id: call,
                tone: Tone::Reorder,
            },
        )
        .await
    }

    async fn call_echo(&mut self, call: CallId, device: &DeviceId, number: &str) -> Done {
        let info = self.info(device, number, "Echo");
        self.connect(call, Stage::Connected, Peer::Echo);
        for action in [
            CommandAction::CommitOutboundCall {
                call_id: call,
                info: info.clone(),
            },
            CommandAction::PresentOutboundProceeding {
                call_id: call,
                info,
            },
            CommandAction::SetCallState {
                call_id: call,
                state: CallState::Connected,
            },
        ] {
            self.send(device, action).await?;
        }
        self.open(device, call).await
    }

    async fn ring(
        &mut self,
        call: CallId,
        device: &DeviceId,
        target: &DeviceId,
        number: &str,
        name: &str,
    ) -> Done {
        let info = self.info(device, number, name);
        self.send(
            device,
            CommandAction::CommitOutboundCall {
                call_id: call,
                info: info.clone(),
            },
        )
        .await?;
        self.send(
            device,
            CommandAction::PresentOutboundRinging {
                call_id: call,
                info: info.clone(),
            },
        )
        .await?;
        let busy = self
            .legs
            .values()
            .any(|leg| leg.device == *target && leg.stage == Stage::Connected);
        let presentation = if busy {
            IncomingPresentation::CallWaiting
        } else {
            IncomingPresentation::RingIn
        };
        let other = self.server.reserve_call_id();
        self.legs.insert(
            other,
            Leg::new(target.clone(), Stage::RingingIn, Peer::Leg(call)),
        );
        self.connect(call, Stage::RingingOut, Peer::Leg(other));
        let info = CallInfo {
            direction: CallDirection::Inbound,
            ..info
        };
        let line = LineInstance::new(1);
        let ring = Some(IncomingRing::default());
        self.server
            .offer_incoming_call_with_id_and_ringer(
                target.clone(),
                line,
                other,
                info,
                presentation,
                ring,
            )
            .await
    }

    /// A phone takes a call; what it had up is held.
    async fn answer(&mut self, call: CallId) -> Done {
        let Some((device, peer)) = self
            .legs
            .get(&call)
            .map(|leg| (leg.device.clone(), leg.peer))
        else {
            return Ok(());
        };
        let up = self
            .legs
            .iter()
            .find(|(_, leg)| leg.device == device && leg.stage == Stage::Connected);
        if let Some(up) = up.map(|(id, _)| *id) {
            self.hold(up).await?;
        }
        self.connect(call, Stage::Connected, peer);
        self.send(
            &device,
            CommandAction::SetCallState {
                call_id: call,
                state: CallState::Connected,
            },
        )
        .await?;
        if let Peer::Leg(other) = peer
            && let Some(caller) = self.legs.get(&other).map(|leg| leg.device.clone())
            && self
                .legs
                .get(&other)
                .is_some_and(|leg| leg.stage == Stage::RingingOut)
        {
            self.connect(other, Stage::Connected, Peer::Leg(call));
            self.send(
                &caller,
                CommandAction::SetCallState {
                    call_id: other,
                    state: CallState::Connected,
                },
            )
            .await?;
            self.open(&caller, other).await?;
        }
        self.open(&device, call).await
    }

    async fn soft_key(
        &mut self,
        device: &DeviceId,
        call: Option<CallId>,
        line: LineInstance,
        key: SoftKey,
    ) -> Done {
        match (key, call) {
            (SoftKey::NewCall, call) => {
                let up = self.current(device).filter(|up| {
                    self.legs
                        .get(up)
                        .is_some_and(|leg| leg.stage == Stage::Connected)
                });
                if let Some(up) = up {
                    self.hold(up).await?;
                }
                let call = call.filter(|call| !self.legs.contains_key(call));
                let call = call.unwrap_or_else(|| self.server.reserve_call_id());
                self.begin(device, call, line).await
            }
            (SoftKey::Answer, Some(call)) => self.answer(call).await,
            (SoftKey::EndCall, Some(call)) => self.close(call).await,
            (SoftKey::Hold, Some(call)) => self.hold(call).await,
            (SoftKey::Resume, Some(call)) => self.resume(call).await,
            (SoftKey::Transfer, Some(call)) => self.transfer(device, call, line).await,
            _ => Ok(()),
        }
    }

    async fn hold(&mut self, call: CallId) -> Done {
        let Some((device, peer)) = self
            .legs
            .get(&call)
            .map(|leg| (leg.device.clone(), leg.peer))
        else {
            return Ok(());
        };
        self.stage(call, Stage::Held);
        if let Some(leg) = self.legs.get_mut(&call) {
            leg.receives = None;
        }
        for action in [
            CommandAction::CloseReceiveChannel { call_id: call },
            CommandAction::StopMedia { call_id: call },
            CommandAction::SetCallState {
                call_id: call,
                state: CallState::Hold,
            },
        ] {
            self.send(&device, action).await?;
        }
        match peer {
            Peer::Leg(other) => match self.legs.get(&other).map(|leg| leg.device.clone()) {
                Some(held) => {
                    self.send(&held, CommandAction::StopMedia { call_id: other })
                        .await
                }
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    async fn resume(&mut self, call: CallId) -> Done {
        let Some(device) = self.legs.get(&call).map(|leg| leg.device.clone()) else {
            return Ok(());
        };
        let up = self
            .legs
            .iter()
            .find(|(_, leg)| leg.device == device && leg.stage == Stage::Connected);
        if let Some(up) = up.map(|(id, _)| *id) {
            self.hold(up).await?;
        }
        self.stage(call, Stage::Connected);
        self.send(
            &device,
            CommandAction::SetCallState {
                call_id: call,
                state: CallState::Connected,
            },
        )
        .await?;
        self.open(&device, call).await
    }

    /// The first time a second call begins; the second time, on that one, the two others are connected.
    async fn transfer(&mut self, device: &DeviceId, call: CallId, line: LineInstance) -> Done {
        if let Some(held) = self.legs.get(&call).and_then(|leg| leg.transfers) {
            return self.complete_transfer(held, call).await;
        }
        self.hold(call).await?;
        let consultation = self.server.reserve_call_id();
        let mut leg = Leg::new(device.clone(), Stage::Dialling, Peer::Nobody);
        leg.transfers = Some(call);
        self.legs.insert(consultation, leg);
        let action = CommandAction::BeginTransfer {
            source_call_id: call,
            consultation_line_instance: line,
            consultation_call_id: consultation,
            codec: self.codec,
        };
        self.send(device, action).await
    }

    async fn complete_transfer(&mut self, held: CallId, consultation: CallId) -> Done {
        let peer_of = |call: &CallId| match self.legs.get(call).map(|leg| leg.peer) {
            Some(Peer::Leg(other)) => Some(other),
            _ => None,
        };
        let (Some(first), Some(second)) = (peer_of(&held), peer_of(&consultation)) else {
            return Ok(());
        };
        for call in [held, consultation] {
            if let Some(leg) = self.legs.remove(&call) {
                self.send(&leg.device, CommandAction::CloseCall { call_id: call })
                    .await?;
            }
        }
        for (leg, peer) in [(first, second), (second, first)] {
            if let Some(leg) = self.legs.get_mut(&leg) {
                leg.peer = Peer::Leg(peer);
            }
        }
        say(
            "transferred",
            json!({ "call": first.get(), "to": second.get() }),
        );
        self.bridge(first).await
    }

    /// A phone has said where it takes its sound.
    async fn receives(&mut self, call: CallId, endpoint: MediaEndpoint) -> Done {
        let Some(leg) = self.legs.get_mut(&call) else {
            return Ok(());
        };
        leg.receives = Some(endpoint);
        self.bridge(call).await
    }

    /// Has both ends of a call send to each other as far as they take sound.
    async fn bridge(&mut self, call: CallId) -> Done {
        let Some(leg) = self.legs.get(&call) else {
            return Ok(());
        };
        match leg.peer {
            Peer::Nobody => Ok(()),
            Peer::Echo => match &self.echo {
                Some((_, address)) => self.start(&leg.device, call, *address).await,
                None => Ok(()),
            },
            Peer::Leg(other) => {
                let Some(peer) = self.legs.get(&other) else {
                    return Ok(());
                };
                let (Some(here), Some(there)) = (leg.receives, peer.receives) else {
                    return Ok(());
                };
                self.start(
                    &leg.device,
                    call,
                    SocketAddr::new(there.address, there.rtp_port),
                )
                .await?;
                self.start(
                    &peer.device,
                    other,
                    SocketAddr::new(here.address, here.rtp_port),
                )
                .await
            }
        }
    }

    fn info(&self, device: &DeviceId, number: &str, name: &str) -> CallInfo {
        let own = self
            .extensions
            .iter()
            .find(|extension| extension.device == *device);
        CallInfo {
            calling_name: own.map_or_else(String::new, |own| own.name.clone()),
            calling_number: own.map_or_else(String::new, |own| own.number.clone()),
            called_name: name.into(),
            called_number: number.into(),
            ..CallInfo::default()
        }
    }

    fn stage(&mut self, call: CallId, stage: Stage) {
        if let Some(leg) = self.legs.get_mut(&call) {
            leg.stage = stage;
        }
    }

    fn connect(&mut self, call: CallId, stage: Stage, peer: Peer) {
        if let Some(leg) = self.legs.get_mut(&call) {
            leg.stage = stage;
            leg.peer = peer;
        }
    }
}

impl Leg {
    fn new(device: DeviceId, stage: Stage, peer: Peer) -> Self {
        Self {
            device,
            digits: String::new(),
            stage,
            peer,
            receives: None,
            transfers: None,
        }
    }
}
