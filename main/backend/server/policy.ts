import { secureHeaders } from "hono/secure-headers";

const SELF = "'self'";
const NONE = "'none'";

/**
 * What a page of ours may do: run our scripts and nothing written into the page, talk to this server alone, be framed by nobody.
 * MapLibre starts its workers from a blob; Mantine, AG Grid and MapLibre set styles on elements.
 */
export const securityPolicy = secureHeaders({
	contentSecurityPolicy: {
		defaultSrc: [NONE],
		scriptSrc: [SELF],
		styleSrc: [SELF, "'unsafe-inline'"],
		imgSrc: [SELF, "data:", "blob:"],
		fontSrc: [SELF, "data:"],
		connectSrc: [SELF],
		workerSrc: [SELF, "blob:"],
		manifestSrc: [SELF],
		objectSrc: [NONE],
		frameSrc: [NONE],
		baseUri: [NONE],
		formAction: [SELF],
		frameAncestors: [NONE],
	},
	referrerPolicy: "no-referrer",
	xFrameOptions: "DENY",
	crossOriginOpenerPolicy: "same-origin",
	crossOriginResourcePolicy: "same-origin",
	// There is no TLS on the loopback interface.
	strictTransportSecurity: false,
	permissionsPolicy: {
		camera: false,
		microphone: false,
		geolocation: false,
		usb: false,
		serial: false,
		hid: false,
		payment: false,
	},
});
