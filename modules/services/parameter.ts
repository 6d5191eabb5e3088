/*
 * The URI QueryStringParam: (guide, "QueryStringParam"): what an item adds to the URL of a softkey, or a softkey to that of an item.
 */
import { resolved, schemeOf, withParameter } from "net/url";

export const parameterScheme = "querystringparam";

/** What a softkey's URI and the chosen item's make together where one of them is such a URI. @param url of the page. */
export function withChosen(uri: string, chosen: string, url: string): string {
	const ownScheme = schemeOf(uri);
	if (ownScheme === parameterScheme) {
		const parameter = uri.slice(parameterScheme.length + 1);
		const scheme = schemeOf(chosen);
		if (scheme === "http" || scheme === "https" || (scheme === "" && chosen !== ""))
			return withParameter(resolved(url || "http://", chosen), parameter);
		const both = scheme === parameterScheme ? withParameter(url, chosen.slice(parameterScheme.length + 1)) : url;
		return withParameter(both, parameter);
	}
	if (schemeOf(chosen) !== parameterScheme) return uri;
	const parameter = chosen.slice(parameterScheme.length + 1);
	if (ownScheme === "notify") {
		// the data are the seventh part, behind credentials that may be missing
		const parts = uri.split(":").slice(0, 6);
		while (parts.length < 6) parts.push("");
		return `${parts.join(":")}:${parameter}`;
	}
	return ownScheme === "http" || ownScheme === "https" || ownScheme === "" ? withParameter(uri, parameter) : uri;
}
