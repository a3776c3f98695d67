import type { LaterTexts, WithSingular } from "./texts.ts";

/** The texts of the screen Data terbuka in English. */
export const openDataEn: WithSingular<LaterTexts<"openData">> = {
	list: "Releases of open data",
	listSubtitle:
		"What may leave the house: made by a recipe, attacked, approved by two people; newest on top",
	empty:
		'No release yet. One is made at the hub from the newest publication: npm run hub -- release build --note "…"',
	nationOnly:
		"A release is of the whole country: those who answer for the nation see it and decide.",
	hubAway:
		"Releases are read from the hub, which cannot be reached now. Try again once it is connected.",
	signIn:
		"Releases are read from the hub: sign in again while it is connected.",
	release: "Release {{number}}",
	column: {
		number: "No.",
		status: "State",
		made: "Made",
		recipe: "Recipe",
		note: "Note to the public",
		area: "Area",
		code: "Code",
		level: "Level",
		indicator: "Indicator",
		withheld: "Withheld",
		reported: "Counts that were reported",
	},
	status: {
		draft: "draft",
		"approved-once": "approved by one",
		public: "public",
		withdrawn: "withdrawn",
		discarded: "discarded",
	},
	corrects: "corrects release {{number}}",
	correctedBy: "corrected by release {{number}}",
	outdatedBy:
		"Release {{number}} became public since this draft was made, which was not held against it: make it again.",
	made: "Made {{at}} from publication {{seq}} by recipe {{recipe}} version {{version}}.",
	threshold:
		"Withheld below {{threshold}} people; {{delay}} days late; rounded to multiples of {{rounding}}.",
	attack: "Attack",
	attackFound:
		"{{secrets}} small counts and changes, of this release and all before it, were attacked by {{programs}} linear programs: {{tooClose}} too close. Withheld for being small {{small}}, so that small ones cannot be reckoned {{beside}}.",
	decided: "Decisions",
	undecided: "Nobody has decided yet.",
	step: { approve: "approved", discard: "discarded", withdraw: "withdrew" },
	changes: "What differs from the release before",
	changedFrom:
		"Against release {{against}}: {{added}} new cells, {{changed}} counts changed, {{newlyShown}} shown now, {{newlyWithheld}} withheld now, {{gone}} not there any more.",
	first: "No release was public before: every cell is new to the public.",
	shares: "How much is withheld",
	preview: "What the public sees",
	previewSubtitle:
		"Cumulative counts; what is withheld is shown to nobody, not even here",
	day: "Last day of the period",
	levelShown: "Level",
	withheld: "withheld",
	silent: "not reported",
	partial: "{{value}} (partial)",
	cells: "{{shown}} rows",
	ownApproval: "You approved it. The second approval is another person's.",
	waiting: "decision waits to be sent",
	approve: {
		open: "Approve…",
		order: "Approve",
		first: "The release becomes public only when a second person approves it.",
		second:
			"You are the second: with this the release is public, and what the public has read cannot be taken back.",
	},
	discard: {
		open: "Discard…",
		order: "Discard",
		help: "This draft will not be let out. Nobody outside has ever seen it.",
	},
	withdraw: {
		open: "Withdraw…",
		order: "Withdraw",
		help: "A public note says that this release was withdrawn, with the reason that you write. Later releases are held against it all the same.",
	},
};
