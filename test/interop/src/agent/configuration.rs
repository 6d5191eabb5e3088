//! What the first line of standard input says: who the call agent is, and which phones it knows.

use crate::names::Named;
use sccp_protocol::{
    BlfSpeedDialDefinition, ButtonDefinition, ButtonType, Codec, DeviceDefinition, DeviceId,
    FeatureDefinition, KeyMode, LineAppearance, LineDefinition, RecordingButtonDefinition,
    RegistrationFallback, ServerConfig, ServiceDefinition, SoftKey, SoftKeyProfile,
    SpeedDialDefinition, StationTransportRequirement, StationUiPolicy,
};
use serde::Deserialize;
use std::collections::HashMap;
use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Configuration {
    /// Address and port; port 0 for a free one.
    pub bind: SocketAddr,
    #[serde(default = "usual_name")]
    name: String,
    /// Seconds between keepalives, here and on stand-by.
    #[serde(default = "usual_keepalive")]
    keepalive: u32,
    #[serde(default)]
    tokens: Tokens,
    pub devices: Vec<Device>,
    /// A number that answers at once, and where its sound is sent: somebody else takes it.
    pub echo: Option<Echo>,
    /// Codec of all calls by its name, and milliseconds of its packets.
    #[serde(default = "usual_codec")]
    codec: String,
    #[serde(default = "usual_packet_time")]
    pub packet_time: u32,
    /// Whether the switch waits with each message until it has gone out.
    #[serde(default = "usually_confirms")]
    pub confirms: bool,
}

fn usual_name() -> String {
    "interop".into()
}

fn usual_keepalive() -> u32 {
    30
}

fn usual_codec() -> String {
    "Pcmu".into()
}

fn usual_packet_time() -> u32 {
    20
}

fn usually_confirms() -> bool {
    true
}

/// Whom the call agent takes back from another one that asks with a token.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Tokens {
    #[default]
    Reject,
    Accept,
}

#[derive(Debug, Deserialize)]
pub struct Echo {
    pub number: String,
    pub address: IpAddr,
    pub port: u16,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Device {
    pub id: String,
    pub buttons: Vec<Button>,
    /// Softkeys by the name of their set; sets that are not named have the crate's own.
    #[serde(default)]
    soft_keys: HashMap<String, Vec<String>>,
}

/// A button; instances are counted for each kind.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum Button {
    Line {
        number: String,
        label: String,
    },
    SpeedDial {
        number: String,
        label: String,
    },
    Blf {
        number: String,
        label: String,
    },
    /// A feature by the name of its button type.
    Feature {
        feature: String,
        label: String,
    },
    Recording {
        label: String,
    },
    Service {
        url: String,
        label: String,
    },
}

impl Configuration {
    pub fn codec(&self) -> Result<Codec, String> {
        Codec::named(&self.codec)
    }

    pub fn server(&self) -> ServerConfig {
        let mut config = ServerConfig {
            bind: self.bind,
            server_name: self.name.clone(),
            keepalive_seconds: self.keepalive,
            secondary_keepalive_seconds: self.keepalive,
            ..ServerConfig::default()
        };
        if let IpAddr::V4(address) = self.bind.ip() {
            config.advertised_address = address;
        }
        config.registration_tokens.fallback = match self.tokens {
            Tokens::Reject => RegistrationFallback::Reject,
            Tokens::Accept => RegistrationFallback::ReturnToPrimary,
        };
        config.registration_tokens.backoff = Duration::from_secs(30);
        config
    }
}

impl Device {
    /// The first line's number and label.
    pub fn line(&self) -> Option<(&str, &str)> {
        self.buttons.iter().find_map(|button| match button {
            Button::Line { number, label } => Some((number.as_str(), label.as_str())),
            _ => None,
        })
    }

    pub fn definition(&self) -> Result<DeviceDefinition, Box<dyn Error>> {
        let mut instances = Instances::default();
        let buttons: Result<Vec<_>, String> = self
            .buttons
            .iter()
            .map(|button| instances.define(button))
            .collect();
        let definition = DeviceDefinition {
            id: DeviceId::new(self.id.as_str())?,
            description: self.line().map_or("", |(_, label)| label).into(),
            transport: StationTransportRequirement::Either,
            peer_addresses: Default::default(),
            signaling_qos: None,
            buttons: buttons?,
            soft_keys: self.profile()?,
            ui: StationUiPolicy::default(),
        };
        definition.validate()?;
        Ok(definition)
    }

    fn profile(&self) -> Result<SoftKeyProfile, Box<dyn Error>> {
        if self.soft_keys.is_empty() {
            return Ok(SoftKeyProfile::built_in());
        }
        let built_in = SoftKeyProfile::built_in();
        let mut sets: HashMap<KeyMode, Vec<SoftKey>> = KeyMode::ALL_KNOWN
            .iter()
            .map(|mode| (*mode, built_in.actions(*mode).to_vec()))
            .collect();
        for (mode, keys) in &self.soft_keys {
            let keys: Result<Vec<_>, _> = keys.iter().map(|key| SoftKey::named(key)).collect();
            sets.insert(KeyMode::named(mode)?, keys?);
        }
        Ok(SoftKeyProfile::new(sets)?)
    }
}

/// Counts instances of buttons: of lines, speed dials, features (with busy lamp fields and recording) and services.
#[derive(Default)]
struct Instances {
    lines: u32,
    speed_dials: u32,
    features: u32,
    services: u32,
}

impl Instances {
    fn define(&mut self, button: &Button) -> Result<ButtonDefinition, String> {
        let next = |count: &mut u32| {
            *count += 1;
            *count
        };
        Ok(match button {
            Button::Line { number, label } => ButtonDefinition::Line(LineAppearance::new(
                next(&mut self.lines),
                LineDefinition {
                    number: number.clone(),
                    display_name: label.clone(),
                },
            )),
            Button::SpeedDial { number, label } => {
                ButtonDefinition::SpeedDial(SpeedDialDefinition {
                    instance: next(&mut self.speed_dials),
                    number: number.clone(),
                    display_name: label.clone(),
                })
            }
            Button::Blf { number, label } => {
                ButtonDefinition::BlfSpeedDial(BlfSpeedDialDefinition {
                    instance: next(&mut self.features),
                    number: number.clone(),
                    display_name: label.clone(),
                })
            }
            Button::Feature { feature, label } => ButtonDefinition::Feature(FeatureDefinition {
                instance: next(&mut self.features),
                label: label.clone(),
                feature: ButtonType::named(feature)?,
            }),
            Button::Recording { label } => ButtonDefinition::Recording(RecordingButtonDefinition {
                instance: next(&mut self.features),
                label: label.clone(),
            }),
            Button::Service { url, label } => ButtonDefinition::Service(ServiceDefinition {
                instance: next(&mut self.services),
                label: label.clone(),
                url: url.clone(),
            }),
        })
    }
}
