import type { LaterTexts } from "./texts.ts";

/** The texts of held-stock-id.ts in English. */
export const heldStockEn: LaterTexts<"heldStock"> = {
	title: "Doubtful counts of stock",
	show: "Shown",
	shown: {
		waiting: "Waiting ({{count}})",
		decided: "Decided ({{count}})",
		all: "All ({{count}})",
	},
	filter: "Find a facility, item or slip",
	window: "28 days up to {{day}}",
	none: {
		waiting:
			"No count waits for a decision in {{area}} in the 28 days up to {{day}}.",
		decided:
			"No count has been decided in {{area}} in the 28 days up to {{day}}.",
		all: "No count is doubtful in {{area}} in the 28 days up to {{day}}.",
	},
	choose: "Choose a count in the table: arrows, then Enter.",
	column: {
		day: "Day",
		facility: "Facility",
		code: "Code of facility",
		place: "Area",
		item: "Item",
		unit: "Unit",
		stated: "Stated",
		fault: "Likely slip",
		meant: "Likely meant",
		source: "Source",
		decision: "Decision",
		value: "What counts",
		person: "By",
		at: "Time",
		reason: "Reason",
	},
	fault: {
		negative: "Below zero",
		"boxes-for-pieces": "Boxes stated as units",
		"pieces-for-boxes": "Units stated as boxes",
		hundredfold: "Many times as much",
		vanished: "Nearly gone overnight",
		"does-not-add-up": "Sheet does not add up",
		"lots-above-count": "Lots above the count",
	},
	faultHelp: {
		negative: "A stock cannot be below zero.",
		"boxes-for-pieces":
			"The count fits the days around it when it is read as a number of boxes.",
		"pieces-for-boxes":
			"The count fits the days around it when what was stated are the units in the boxes, or has a digit too many.",
		hundredfold:
			"At least fifty times the largest count of four weeks, or a hundred times those before and after it: two noughts too many, or another item.",
		vanished:
			"It fell far faster than it is used, and neither its sheet nor a later count says the same: a form of zeros.",
		"does-not-add-up":
			"What is left is not the opening stock and what was received, less what was used.",
		"lots-above-count":
			"The lots that the sheet names come to more than what is left.",
	},
	noFault: "Nothing is found against it any more",
	noMeant: "cannot be told",
	verdict: {
		waiting: "Waiting",
		accepted: "Accepted: {{value}}",
		refused: "Refused",
	},
	counts: {
		none: "In no sum.",
		some: "In the sums: {{value}}.",
	},
	pending: {
		"accept-stock": "→ {{value}} waiting",
		"refuse-stock": "→ refused, waiting",
		"reopen-stock": "→ open again, waiting",
	},
	accept: "Accept",
	acceptAs: "What counts",
	as: {
		stated: "As stated: {{value}}",
		meant: "As it was meant: {{value}}",
		other: "Another number",
	},
	otherValue: "Number ({{unit}})",
	refuse: "Refuse",
	refuseHelp:
		"This count stays out of every sum. Other counts of the facility still hold.",
	reopen: "Open again",
	reopenHelp:
		"The decision is taken back: while the count is doubtful it waits and is in no sum.",
	change: "Now: {{before}} Afterwards: {{after}}",
	toFacility: "Open the facility",
	stock: "As reported",
	looksOnly: "A planner or data manager of this area decides.",
	past: "A past state of knowledge is not changed.",
	byKeys: "Arrows choose a row, Enter leads to its decision, / filters.",
};
