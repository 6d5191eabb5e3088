/*
 * The audio pipeline on the host: the phone's own, with its microphone and speaker set up from the command line.
 */
import { Audio as Pipeline } from "audio/audio";
import { ControlSound } from "hal/control/sound";
import { NoSound } from "hal/host/no-sound";

/** What audio/port/host_xs.c offers beside the pipeline itself. */
const Port = Object.freeze({
	rate(rate: number): void {
		native("xs_audio_host_rate").call(Port, rate);
	},

	microphone(word: string): string {
		return native("xs_audio_host_microphone").call(Port, word);
	},

	speaker(word: string): string {
		return native("xs_audio_host_speaker").call(Port, word);
	},

	echo(delay: number): boolean {
		return native("xs_audio_host_echo").call(Port, delay);
	},

	address(address: number): void {
		native("xs_audio_host_address").call(Port, address);
	},
});

/** Samples a second of sound that can be wideband. */
const wideRate = 16000;

export class HostSound extends ControlSound {
	/**
	 * @param rate samples a second of microphone and speaker, 8000 or 16000: with these the phone has wideband codecs.
	 * @param silent it makes none at all.
	 */
	constructor(rate: number, silent = false) {
		super(silent ? new NoSound(rate === wideRate) : new Pipeline(rate === wideRate));
		Port.rate(rate);
	}

	/** Sets the microphone and the speaker; what is wrong with one of the words, or ''. */
	connect(microphone: string, speaker: string): string {
		return Port.microphone(microphone) || Port.speaker(speaker);
	}

	/** Cancels what the microphone hears of the speaker that long after; false when the build cannot. */
	cancelEcho(milliseconds: number): boolean {
		return Port.echo(Math.round(milliseconds / 10));
	}

	/** Where RTP sockets are bound from now on; 0 is any address. */
	bind(address: number): void {
		Port.address(address);
	}
}
