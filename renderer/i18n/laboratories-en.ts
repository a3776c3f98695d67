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
		ableHelp:
			"{{told}} of {{all}} labs; held by extraction {{extraction}}, PCR machines {{pcr}}, staff {{staff}}, reagents {{reagents}}, as stated {{stated}}",
		longest: "Longest wait",
		longestHelp: "{{name}}; {{late}} labs over {{days}} days",
		nobody: "nobody waits",
		endless: "the queue of {{count}} labs never ends",
		positivity: "Positive, 7 days",
		positivityHelp: "{{positives}} of {{tests}} tests",
		reagents: "Reagents < 7 days of tests",
		reagentsHelp: "labs; last count at the tests of 7 days",
	},
	column: {
		name: "Laboratory",
		able: "Possible / day",
		load: "Tests / capacity",
		waiting: "Waiting",
		wait: "Wait, days",
		received: "In / day",
		positivity: "Positive",
		reagents: "Reagents, days of tests",
		pool: "Pools",
		age: "Age, days",
	},
	limit: {
		extraction: "extraction",
		pcr: "PCR machines",
		staff: "staff",
		reagents: "reagents",
		stated: "as stated",
	},
	limitTitle: "What holds it down",
	reagentsOut: "no reagents",
	notTold: "Not known of the lab: {{parts}}. It can do no more than this.",
	refuted:
		"{{part}}: {{tested}} tested on {{day}}, more than {{above}} × {{allows}}. Not used.",
	refutedMean:
		"{{part}}: {{tested}} tested a day in the {{days}} days to {{day}}, more than {{above}} × {{allows}}. Not used.",
	refutedTitle: "Refuted by its own tests",
	bound: "bound",
	never: "never ends",
	unused: "not used",
	oneByOne: "one by one",
	poolHelp:
		"pools of {{size}}: {{tests}} tests a specimen, {{reach}} times the reach; queue {{wait}} days",
	fewTests: "fewer than {{count}} tests in 7 days: no advice on pools",
	filter: "Find a lab",
	assumptions:
		"Possible = the least of what the lab tells: extraction, PCR machines × runs × {{plate}}, the most staff of seven days, reagents (wastage {{wastage}}), capacity as stated. ≤, ≥: not all is known. !: its own tests are over {{refuted}} times what a part allows, which is not used. Wait: without more reagents. Tests are divided by the capacity without reagents. Pools of at most {{pool}}; validate first.",
	origin: {
		able: "the least of what is told: extraction; PCR machines × runs × specimens on a plate; the most staff present on the days that still hold × specimens each; reagents × (1 − wastage); capacity as stated",
		heldBy: "Held down by: {{limit}}.",
		told: "{{part}}: {{days}}; source {{source}}.",
		toldOn: "{{what}} by the report of {{day}}",
		units: {
			extraction: "number",
			pcr: "machines",
			staff: "staff",
			stated: "number",
		},
		each: { pcr: "runs", staff: "specimens each" },
		least: "At least: the lab can do no more than is told.",
		reagentsEnd: "reagents end before the queue",
		refutedAll:
			"Labs whose own tests refute it: extraction {{extraction}}, PCR machines {{pcr}}, staff {{staff}}, capacity {{stated}}.",
		mostOf: "Of {{count}} labs not every part is known.",
		heldByAll:
			"Labs by what holds them down: extraction {{extraction}}, PCR machines {{pcr}}, staff {{staff}}, reagents {{reagents}}, as stated {{stated}}.",
		partsTold:
			"Labs that told: extraction {{extraction}}, PCR machines {{pcr}}, staff {{staff}}, reagents {{reagents}}, a capacity {{stated}}.",
		lasting: "Capacity without reagents",
		lastingOf:
			"the least without reagents, which are a stock and not what can be done in a day",
		stated: "by the last report that states it",
		wait: "waiting ÷ capacity without reagents; never ends if reagents, without more, end before it",
		mean: "mean of the {{days}} of {{of}} days that reported",
		tested: "Tested / day",
		load: "tested a day ÷ capacity without reagents",
		positivity:
			"positive ÷ tests, of the {{days}} laboratory-days that told both",
		reagents:
			"reagents at the last count × (1 − wastage) ÷ tested a day: so many days of tests. Not the days of supply of Facility and Shortages, which are what should be left today ÷ the use measured between counts",
		vtm: "VTM, days of specimens",
		vtmDays:
			"VTM at the last count ÷ received a day. Not the days of supply of Facility and Shortages, which are what should be left today ÷ the use measured between counts",
		pool: "the pool that takes the fewest tests for a specimen at this positivity (Dorfman)",
		sum: "sum over the laboratories that told it",
		longest: "the longest wait among the laboratories of which it is known",
		queueSum: "sum over the laboratories that told it on the day",
		queueHeld:
			"sum over the laboratories of what waited by the last report of at most 7 days",
		queueOf: "Of {{day}}; who was silent is in no sum.",
		queueAhead:
			"max(0; waiting the day before + received a day − able on that day), while reagents run down and none come",
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
		ahead: "Ahead, if as many come and no reagents do",
		aheadLeast: "Ahead, at least, if as many come and no reagents do",
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
		most: "{{count}} labs can do no more than is told: at most {{tested}} are tested, at least {{untested}} go on waiting.",
		from: "From",
		to: "To",
		specimens: "Specimens",
		distance: "Distance, km",
		more: "One more test a day would help at: {{names}}",
		nothing: "Nothing has to be sent.",
		basis:
			"As many as can be are tested that day, then the shortest way; along great circles, roads are longer. Each lab looks at its {{nearest}} nearest others.",
		mapLabel: "Labs and specimens sent",
		arcs: "Specimens a day",
		used: "Tests of the day, of the stated capacity",
		marks: "Arcs: the wider the more; labs are pale where the report is old.",
		card: {
			waiting: "{{told}} specimens wait",
			able: "able to make {{told}} tests a day",
			reported: "report of {{day}} ({{count}} days ago)",
			silent: "no report that still holds",
		},
	},
};
