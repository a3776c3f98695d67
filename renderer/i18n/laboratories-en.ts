import type { LaterTexts } from "./texts.ts";

/** The texts of the view Laboratorium in English (Indonesian: laboratories-id.ts). */
export const laboratoriesEn: LaterTexts<"laboratories"> = {
	title: "Laboratories",
	none: "There is no laboratory in {{area}}.",
	silent:
		"{{count}} laboratories in {{area}}; none reported in the seven days up to {{day}}.",
	summary: {
		waiting: "Waiting",
		waitingOf: "told by {{told}} of {{all}} labs",
		able: "Tests a day, possible",
		ableHelp: "capacity as stated; reagents hold down {{count}} labs",
		longest: "Longest wait",
		longestHelp: "{{name}}; {{late}} labs over {{days}} days",
		nobody: "nobody waits",
		endless: "{{count}} labs can test nothing",
		positivity: "Positive, 7 days",
		positivityHelp: "{{positives}} of {{tests}} tests",
		reagents: "Reagents < 7 days",
		reagentsHelp: "labs, at the tests of 7 days",
	},
	column: {
		name: "Laboratory",
		load: "Tests / possible",
		waiting: "Waiting",
		wait: "Wait, days",
		received: "In / day",
		positivity: "Positive",
		reagents: "Reagents, days",
		pool: "Pools",
		age: "Age, days",
	},
	never: "never ends",
	unused: "not used",
	oneByOne: "one by one",
	poolHelp:
		"pools of {{size}}: {{tests}} tests a specimen, {{reach}} times the reach; queue {{wait}} days",
	fewTests: "fewer than {{count}} tests in 7 days: no advice on pools",
	filter: "Find a lab",
	assumptions:
		"A daily report does not tell what extraction, machines and staff could do: the stated capacity stands, less where reagents (wastage {{wastage}}) do not last. Pools of at most {{pool}}; validate first.",
	origin: {
		able: "the smaller of: stated capacity; reagents × (1 − wastage)",
		noReagent: "Reagents are not known: the stated capacity stands.",
		stated: "by the last report that states it",
		wait: "waiting ÷ able a day",
		mean: "mean of the {{days}} of {{of}} days that reported",
		tested: "Tested / day",
		load: "tested a day ÷ able a day",
		positivity:
			"positive ÷ tests, of the {{days}} laboratory-days that told both",
		reagents: "reagents × (1 − wastage) ÷ tested a day",
		vtm: "VTM, days",
		vtmDays: "VTM ÷ received a day",
		pool: "the pool that takes the fewest tests for a specimen at this positivity (Dorfman)",
		sum: "sum over the laboratories that told it",
		longest: "the longest wait among the laboratories of which it is known",
		queueSum: "sum over the laboratories that told it on the day",
		queueHeld:
			"sum over the laboratories of what waited by the last report of at most 7 days",
		queueOf: "Of {{day}}; who was silent is in no sum.",
		queueAhead: "max(0; waiting the day before + received a day − able a day)",
		queueUnknown:
			"Not drawn ahead: what waits, what comes in a day or what it is able to do is not known.",
		specimens: "Specimens of the day",
		specimensOf: "tested where they are + sent + left",
		sent: "Sent to another laboratory",
		sentOf: "sum of the routes in the table",
		untested: "Left at the end of the day",
		untestedOf: "specimens − tested where they are − sent",
		routingRule:
			"As many as can be tested, then least specimens × km: found by a transport program over each laboratory and its {{nearest}} nearest within {{reach}} km along great circles.",
		report:
			"Report of {{day}}, {{age}} days before the day shown. Source: {{sources}}.",
	},
	queue: {
		title: "Queue",
		waiting: "Waiting",
		ahead: "Ahead, if as many come and capacity stays",
		received: "In",
		tested: "Tested",
		all: "All labs",
		today: "the day shown",
		description: "Queue of {{name}} by day up to {{day}}: {{waiting}} wait.",
	},
	routing: {
		title: "Who tests whose specimens",
		map: "Map",
		table: "Table",
		shown: "How shipments are shown",
		reach: "Furthest",
		kilometres: "{{km}} km",
		told: "{{specimens}} specimens wait or come in a day: {{here}} are tested where they are, {{sent}} should be sent, {{untested}} go on waiting.",
		leftOut:
			"{{count}} of {{all}} labs take no part: their queue, capacity or place is not known.",
		from: "From",
		to: "To",
		specimens: "Specimens",
		distance: "Distance, km",
		more: "One more test a day would help at: {{names}}",
		nothing: "Nothing has to be sent.",
		basis:
			"As many as can be are tested that day, then the shortest way; along great circles, roads are longer. Each lab looks at its {{nearest}} nearest others.",
		arcs: "Arcs: specimens sent, the wider the more.",
		marks:
			"Diamonds: labs, filled by the capacity in use; pale where the report is old.",
	},
};
