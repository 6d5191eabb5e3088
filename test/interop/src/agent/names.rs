//! The crate's enumerations by their names, as configuration and commands of the tests have them.

use sccp_protocol::{
    BlfState, ButtonType, CallState, Codec, DoNotDisturbMode, KeyMode, RecordingButtonState,
    ResetType, RingDuration, RingerMode, SoftKey, Tone,
};
use std::fmt::Debug;

/// A value that commands call by its name.
pub trait Named: Copy + Debug + 'static {
    /// What it is, for messages.
    const WHAT: &'static str;
    /// All that have a name.
    fn all() -> &'static [Self];

    /// The value of that name.
    fn named(name: &str) -> Result<Self, String> {
        let found = Self::all()
            .iter()
            .copied()
            .find(|value| format!("{value:?}") == name);
        found.ok_or_else(|| format!("no {} is called '{name}'", Self::WHAT))
    }
}

macro_rules! named {
    ($($what:literal $name:ident),+ $(,)?) => {
        $(impl Named for $name {
            const WHAT: &'static str = $what;
            fn all() -> &'static [Self] {
                Self::ALL_KNOWN
            }
        })+
    };
}

named!(
    "button type" ButtonType,
    "call state" CallState,
    "codec" Codec,
    "softkey set" KeyMode,
    "kind of reset" ResetType,
    "ring duration" RingDuration,
    "ringer mode" RingerMode,
    "softkey" SoftKey,
    "tone" Tone,
);

impl Named for BlfState {
    const WHAT: &'static str = "state of a busy lamp field";
    fn all() -> &'static [Self] {
        &[
            Self::Idle,
            Self::Ringing,
            Self::Busy,
            Self::Held,
            Self::DoNotDisturb,
            Self::Unavailable,
            Self::Unknown,
        ]
    }
}

impl Named for DoNotDisturbMode {
    const WHAT: &'static str = "do-not-disturb mode";
    fn all() -> &'static [Self] {
        &[Self::Off, Self::Silent, Self::Reject]
    }
}

impl Named for RecordingButtonState {
    const WHAT: &'static str = "state of a recording button";
    fn all() -> &'static [Self] {
        &[Self::Off, Self::Armed, Self::Active, Self::ArmedActive]
    }
}
