import type { LaterTexts } from "./texts.ts";

/** The texts of devices-id.ts in English. */
export const devicesEn: LaterTexts<"devices"> = {
	title: "Devices",
	lan: "Network",
	lanHelp:
		"Displays and remotes of the local network come over TLS, with a certificate that this application makes. Without it only this computer shows anything.",
	listen: "Take devices of the network",
	address: "Address of this computer",
	everyAddress: "All addresses",
	port: "Port",
	anyPort: "any free",
	off: "Not listening to the network.",
	reachedAt: "Reached at",
	fingerprint: "Fingerprint of the certificate (SHA-256)",
	fingerprintHelp:
		"The browser of a device warns of this certificate, which it does not know. Accept it only if it has this fingerprint.",
	until: "valid until {{day}}, renewed by itself before",
	fault: {
		taken: "Another program uses that port; tried again by itself.",
		"no-address": "There is no such address (any more); tried again by itself.",
		"not-allowed":
			"The system does not allow that port. Choose one above 1023.",
		other: "Cannot listen: {{message}}",
	},
	pair: "Pair a device",
	kind: { display: "Display", remote: "Presenter's remote" },
	name: "Name",
	namePlaceholder: "Left TV",
	giveCode: "Give a code",
	code: "Code, for one use, until {{time}}",
	codeHelp:
		"Scan it, or open this address on the device and type the code. Compare the fingerprint first.",
	qr: "QR code of {{address}}",
	none: "No device is paired yet.",
	list: "Paired devices",
	shows: "Shows",
	byTheHour: "By the schedule",
	scene: "Scene: {{name}}",
	playlist: "Playlist: {{name}}",
	gone: "Removed: {{id}}",
	seen: "Last heard",
	seenAgo: "{{seconds}} seconds ago",
	silent: "silent since {{time}}",
	never: "never yet",
	since: "Since {{time}}, by {{by}}",
	revoke: "Revoke",
	reallyRevoke: "Yes, revoke {{name}}",
	failed: "Not possible: {{message}}",
};
