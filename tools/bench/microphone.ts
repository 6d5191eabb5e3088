/*
 * `bench microphone`: what noise suppression and level control make of synthetic talk and noise (test/audio/microphone.c) before a
 * handset.
 */
import { join } from "node:path";
import { echoBenchMissing } from "./echo.js";
import { buildFolder, make, run } from "./programs.js";

/** Noise in a pause, and talk, with noise suppression, in dB against those without; the number is the talk's level above the noise. */
export interface DenoisedResult {
	snr_10_noise_db: number;
	snr_10_talk_db: number;
	snr_20_noise_db: number;
	snr_20_talk_db: number;
	snr_40_noise_db: number;
	snr_40_talk_db: number;
}

/** Levels after level control: of talk, and of the noise at a pause's beginning and end. Talk comes at -36, -24 and -10 dBov. */
export interface LevelledResult {
	soft_dbov: number;
	soft_noise_begin_dbov: number;
	soft_noise_end_dbov: number;
	soft_peak: number;
	usual_dbov: number;
	usual_noise_begin_dbov: number;
	usual_noise_end_dbov: number;
	usual_peak: number;
	loud_dbov: number;
	loud_noise_begin_dbov: number;
	loud_noise_end_dbov: number;
	loud_peak: number;
	/** The soft one with noise of -50 dBov, which may not come much louder. */
	soft_in_noise_dbov: number;
	soft_in_noise_noise_begin_dbov: number;
	soft_in_noise_noise_end_dbov: number;
	soft_in_noise_peak: number;
}

/** The figures of noise suppression are there when it can be built. */
export type MicrophoneResult = Partial<DenoisedResult> & LevelledResult;

/** What of Debian's packages is missing for noise suppression. */
export const microphoneBenchMissing = echoBenchMissing;

export function benchMicrophone(): MicrophoneResult {
	make("microphone");
	return JSON.parse(run(join(buildFolder, "audio/microphone"), [], 120)) as MicrophoneResult;
}
