# What WebRTC's voice activity detector makes of sound: for each file on the command line, 16-bit samples at 8 kHz without a header, a line
# of four words, its modes 0 to 3, each a digit a frame of 10 ms: 1 where there is voice.
import sys

import webrtcvad

FRAME = 160

for name in sys.argv[1:]:
    with open(name, "rb") as file:
        sound = file.read()
    words = []
    for mode in range(4):
        vad = webrtcvad.Vad(mode)
        frames = range(0, len(sound) - FRAME + 1, FRAME)
        words.append("".join("1" if vad.is_speech(sound[at : at + FRAME], 8000) else "0" for at in frames))
    print(" ".join(words))
