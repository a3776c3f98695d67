import { z } from "zod";

/**
 * Where a hub answers. What a person may write there and a request could not use would pass for a hub that is not there, for ever; a name
 * and password in it would stand in every log. The message repeats nothing of what was given.
 */
export const HubAddress = z
	.string()
	.max(500)
	.regex(
		/^https?:\/\/[^\s@?#\\]+$/i,
		"expected an address as https://hub.example:8443, with no name, password, ? or # in it",
	)
	.pipe(z.url("expected an address as https://hub.example:8443"));

/** What a hub on another machine wants to hear: it goes in a header of HTTP, which carries no other signs. */
export const HubCredential = z
	.string()
	.min(32)
	.max(500)
	.regex(
		/^[!-~]([ -~]*[!-~])?$/,
		"expected letters, digits and signs of ASCII alone, and no space at its ends",
	);

/** Whether a credential is that of a workstation of one province: it says so itself, and which one the hub alone knows. */
export const isOfProvince = (credential: string | undefined): boolean =>
	/^province\./i.test(credential ?? "");
