/*
 * Tests of sound between running processes. Each process paces its sound by the clock; where the machine stops one for some 10 ms, the
 * jitter buffer rightly stretches what comes late, and the sound correlates less with what was sent. That says nothing of the phone,
 * so such a test is tried again: what is wrong with the phone is wrong every time.
 */

/** For mocha's `this.retries()`. */
export const soundRetries = 4;
