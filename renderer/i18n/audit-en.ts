import type { LaterTexts } from "./texts.ts";

/** The texts of the audit trail in English. */
export const auditEn: LaterTexts<"audit"> = {
	title: "Audit trail",
	subtitle: "Who changed what, when and why; newest first",
	ownOnly: "Only what concerns {{area}}; newest first",
	number: "No",
	when: "When",
	who: "Who",
	what: "Did",
	subject: "About",
	before: "Before",
	after: "After",
	why: "Why",
	area: "Area",
	text: "Find words",
	anyone: "Anyone",
	anything: "Anything",
	count: "{{shown}} of {{of}} rows",
	empty: "Nothing has been changed yet. Every change will stand here.",
	hubAway:
		"The audit trail is read from the hub, which cannot be reached now. Try again once it can.",
	signIn:
		"The audit trail is read from the hub: sign in again while it can be reached.",
	notAllowed: "The audit trail is for data managers and administrators.",
	alertStatus: {
		new: "new",
		acknowledged: "acknowledged",
		closed: "closed",
		true: "closed: true",
		false: "closed: false alarm",
	},
	alertAsleep: "asleep until {{day}}",
	ruleStanding:
		"version {{version}}: above {{threshold}}, at least {{minimum}}, {{days}} days in a row, since {{from}}, {{state}}",
	ruleOn: "on",
	ruleOff: "off",
	builtInBoundaries: "built-in boundaries",
	boundariesOf:
		"{{level}} from {{file}} ({{source}}), differences: {{differences}}",
	itemStanding:
		"version {{version}} · pack {{pack}} · price USD {{price}} · lead time {{lead}} days · reserve {{reserve}} days",
	stockVerdict: {
		accepted: "accepted: {{counts}} (stated {{stated}})",
		refused: "refused (stated {{stated}})",
		open: "waits for a decision (stated {{stated}})",
	},
	mappingStanding: "version {{version}}: {{columns}}",
	releaseStatus: {
		draft: "draft",
		"approved-once": "approved by one person",
		public: "public",
		withdrawn: "withdrawn",
		discarded: "discarded",
	},
	tableStanding:
		"{{file}}: {{accepted}} rows taken in, {{quarantined}} in quarantine",
};
