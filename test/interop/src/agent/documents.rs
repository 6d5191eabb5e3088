//! Documents of phone services as the crate writes them: one of each kind, for the phone to show. Kinds that the crate's server pushes go by
//! its commands; it has none for directories and menus with files of icons, whose text is told, for a server of pages.

use sccp_protocol::{
    ApplicationId, CallReference, CiscoIpPhoneDirectory, CiscoIpPhoneDirectoryEntry,
    CiscoIpPhoneGraphicFileMenu, CiscoIpPhoneGraphicMenu, CiscoIpPhoneIconFileItem,
    CiscoIpPhoneIconFileMenu, CiscoIpPhoneIconItem, CiscoIpPhoneIconMenu, CiscoIpPhoneIconMenuItem,
    CiscoIpPhoneIconTitle, CiscoIpPhoneImage, CiscoIpPhoneImageFile, CiscoIpPhoneInput,
    CiscoIpPhoneInputItem, CiscoIpPhoneKeyItem, CiscoIpPhoneMenu, CiscoIpPhoneMenuItem,
    CiscoIpPhoneSetBackground, CiscoIpPhoneSetBackgroundPreview, CiscoIpPhoneSetRingTone,
    CiscoIpPhoneSoftKeyItem, CiscoIpPhoneStatus, CiscoIpPhoneStatusFile, CiscoIpPhoneText,
    CiscoIpPhoneTouchAreaMenuItem, CommandAction, LineInstance, PhoneBackgroundHttpUrl,
    PhoneBitmapData, PhoneImageDocument, PhoneImageUrl, PhoneInputFlags, PhoneInputParameterName,
    PhoneRingtoneUrl, PhoneServicePriority, PhoneSoftKeyPosition, PhoneStatusDocument,
    PhoneTouchArea, PhoneXmlError, PhoneXmlKey, TransactionId,
};
use std::error::Error;

/// Application and transaction of all of them.
pub const APPLICATION: ApplicationId = ApplicationId::new(1);
pub const TRANSACTION: TransactionId = TransactionId::new(42);

/// A document with the fields given; those that all pages have and nobody needs are left out of it.
macro_rules! page {
    ($kind:ident { $($field:ident : $value:expr),* $(,)? }) => {
        $kind {
            keypad_target: None,
            application_id: None,
            on_focus_lost: None,
            on_focus_gained: None,
            on_minimized: None,
            on_closed: None,
            prompt: Some("Written by the crate".into()),
            soft_keys: Vec::new(),
            key_items: Vec::new(),
            $($field: $value),*
        }
    };
}

/// A picture of 8 by 4, two bits a pixel: each row has the four shades twice.
fn bitmap() -> Result<PhoneBitmapData, PhoneXmlError> {
    PhoneBitmapData::new([0b1110_0100; 8])
}

fn softkey(name: &str, position: i16, url: &str) -> Result<CiscoIpPhoneSoftKeyItem, PhoneXmlError> {
    Ok(CiscoIpPhoneSoftKeyItem {
        name: Some(name.into()),
        position: PhoneSoftKeyPosition::new(position)?,
        url: Some(url.into()),
        url_down: None,
    })
}

fn item(name: &str) -> CiscoIpPhoneMenuItem {
    CiscoIpPhoneMenuItem {
        name: Some(name.into()),
        url: Some(format!("UserData:1:{name}")),
    }
}

fn icon_item(name: &str, icon: u16) -> CiscoIpPhoneIconMenuItem {
    CiscoIpPhoneIconMenuItem {
        name: Some(name.into()),
        url: Some(format!("UserData:1:{name}")),
        icon_index: Some(icon),
    }
}

fn field(
    name: &str,
    parameter: &str,
    flags: PhoneInputFlags,
    preset: Option<&str>,
) -> Result<CiscoIpPhoneInputItem, PhoneXmlError> {
    Ok(CiscoIpPhoneInputItem {
        display_name: Some(name.into()),
        parameter: PhoneInputParameterName::new(parameter)?,
        flags,
        default_value: preset.map(Into::into),
    })
}

fn text() -> Result<CiscoIpPhoneText, PhoneXmlError> {
    let mut text = CiscoIpPhoneText::new("Text", "Read <it>", "Café & more\nSecond line")?;
    text.soft_keys
        .push(softkey("Reply", 1, "UserData:1:reply")?);
    text.soft_keys.push(softkey("Exit", 2, "SoftKey:Exit")?);
    text.key_items.push(CiscoIpPhoneKeyItem {
        key: PhoneXmlKey::KeyPad5,
        url: Some("UserData:1:five".into()),
        url_down: None,
    });
    Ok(text)
}

fn input() -> Result<CiscoIpPhoneInput, PhoneXmlError> {
    use PhoneInputFlags::{Alphabetic, Lowercase, Numeric, NumericPassword, Telephone};
    CiscoIpPhoneInput::new(
        "Input",
        "Fill in",
        // no scheme: what is typed goes to the application that has pushed the form
        "answers/form",
        vec![
            field("Number", "NUMBER", Telephone, None)?,
            field("Name", "NAME", Alphabetic, Some("François"))?,
            field("PIN", "PIN", NumericPassword, None)?,
            field("Room", "ROOM", Numeric, Some("7"))?,
            field("Word", "WORD", Lowercase, None)?,
        ],
    )
}

/// The document of a kind as a command to the server; `base` is where its files lie.
pub fn command(kind: &str, base: &str) -> Result<CommandAction, Box<dyn Error>> {
    let line_instance = LineInstance::new(1);
    let call_reference = CallReference::new(0);
    let application_id = APPLICATION;
    let transaction_id = TRANSACTION;
    let priority = PhoneServicePriority::NORMAL;
    let file = || PhoneImageUrl::new(format!("{base}/picture.png"));
    let background = || PhoneBackgroundHttpUrl::new(format!("{base}/picture.png"));
    let image = |document| CommandAction::ShowImageService {
        line_instance,
        call_reference,
        application_id,
        transaction_id,
        priority,
        document,
    };
    let status = |document| CommandAction::ShowStatusService {
        line_instance,
        call_reference,
        application_id,
        transaction_id,
        priority,
        document,
    };
    Ok(match kind {
        "text" => CommandAction::ShowTextService {
            line_instance,
            call_reference,
            transaction_id,
            priority,
            document: text()?,
        },
        "input" => CommandAction::ShowInputService {
            line_instance,
            call_reference,
            application_id,
            transaction_id,
            priority,
            document: input()?,
        },
        "image" => image(PhoneImageDocument::Image(page!(CiscoIpPhoneImage {
            title: Some("Image".into()),
            location_x: Some(-1),
            location_y: Some(-1),
            width: 8,
            height: 4,
            depth: 2,
            data: Some(bitmap()?),
        }))),
        "image-file" => image(PhoneImageDocument::ImageFile(page!(
            CiscoIpPhoneImageFile {
                title: Some("Image file".into()),
                location_x: Some(0),
                location_y: Some(0),
                url: file()?,
            }
        ))),
        "graphic-menu" => image(PhoneImageDocument::GraphicMenu(page!(
            CiscoIpPhoneGraphicMenu {
                title: Some("Graphic menu".into()),
                location_x: Some(0),
                location_y: Some(0),
                width: 8,
                height: 4,
                depth: 2,
                data: Some(bitmap()?),
                items: vec![item("first"), item("second")],
            }
        ))),
        "graphic-file-menu" => image(PhoneImageDocument::GraphicFileMenu(page!(
            CiscoIpPhoneGraphicFileMenu {
                title: Some("Graphic file menu".into()),
                location_x: Some(0),
                location_y: Some(0),
                url: file()?,
                items: vec![CiscoIpPhoneTouchAreaMenuItem {
                    name: Some("area".into()),
                    url: Some("UserData:1:area".into()),
                    touch_area: Some(PhoneTouchArea {
                        x1: 0,
                        y1: 0,
                        x2: 7,
                        y2: 7,
                    }),
                }],
            }
        ))),
        "status" => status(PhoneStatusDocument::Bitmap(CiscoIpPhoneStatus {
            text: Some("Queue: 3 waiting".into()),
            timer_seconds: Some(10),
            location_x: Some(0),
            location_y: Some(0),
            width: 8,
            height: 4,
            depth: 2,
            data: Some(bitmap()?),
        })),
        "status-file" => status(PhoneStatusDocument::File(CiscoIpPhoneStatusFile {
            text: Some("Queue: empty".into()),
            timer_seconds: None,
            location_x: Some(0),
            location_y: Some(0),
            url: file()?,
        })),
        "set-background" => CommandAction::SetBackgroundImage {
            transaction_id,
            document: CiscoIpPhoneSetBackground::new(background()?, background()?),
        },
        "background-preview" => CommandAction::PreviewBackgroundImage {
            transaction_id,
            document: CiscoIpPhoneSetBackgroundPreview {
                image_url: background()?,
            },
        },
        "background-display" => CommandAction::DisplayBackgroundImage {
            transaction_id,
            image_url: background()?,
        },
        "ring-tone" => CommandAction::SetRingtone {
            transaction_id,
            document: CiscoIpPhoneSetRingTone::new(PhoneRingtoneUrl::new(format!(
                "{base}/ring.raw"
            ))?),
        },
        other => return Err(format!("no command pushes '{other}'").into()),
    })
}

/// The text of a document that a server of pages gives; `base` is where its files lie.
pub fn text_of(kind: &str, base: &str) -> Result<String, Box<dyn Error>> {
    Ok(match kind {
        "menu" => {
            CiscoIpPhoneMenu::new("Menu", "Pick", vec![item("first"), item("second")])?.to_xml()?
        }
        "icon-menu" => CiscoIpPhoneIconMenu::new(
            "Icon menu",
            "Pick",
            vec![icon_item("first", 1), icon_item("second", 2)],
            vec![CiscoIpPhoneIconItem {
                index: 1,
                width: 8,
                height: 4,
                depth: 2,
                data: Some("E4".repeat(8)),
            }],
        )?
        .to_xml()?,
        "icon-file-menu" => page!(CiscoIpPhoneIconFileMenu {
            icon_index: None,
            title: Some(CiscoIpPhoneIconTitle {
                icon_index: Some(1),
                text: "Icon file menu".into(),
            }),
            items: vec![icon_item("first", 1), icon_item("second", 2)],
            icons: vec![CiscoIpPhoneIconFileItem {
                index: 1,
                url: format!("{base}/picture.png"),
            }],
        })
        .to_xml()?,
        "directory" => CiscoIpPhoneDirectory::new(
            "Directory",
            "Dial",
            vec![CiscoIpPhoneDirectoryEntry {
                name: Some("The echo".into()),
                telephone: Some("600".into()),
            }],
        )?
        .to_xml()?,
        other => return Err(format!("no text is written of '{other}'").into()),
    })
}
