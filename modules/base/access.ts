/* What a configuration leaves to the user of the phone's settings (settingsAccess). */
export const Access = Object.freeze({
	/** The Settings key opens nothing. */
	none: 0,
	full: 1,
	/** Ring and light alone. */
	restricted: 2,
});
