/*
 * Pictures on a body without memory for any: each is refused.
 */
import { Word } from "base/words";
import type { Pictures } from "hal/hardware";

export const noPictures: Pictures = Object.freeze({
	revision: 0,
	begin: () => Word.pictureNoRoom,
	take: () => Word.pictureNoRoom,
	end: () => Word.pictureNoRoom,
	cancel: () => {},
	width: () => 0,
	height: () => 0,
	fileWidth: () => 0,
	fileHeight: () => 0,
	release: () => {},
});
