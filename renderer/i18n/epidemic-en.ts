import type { LaterTexts } from "./texts.ts";

/** The texts of the screen Epidemi in English. */
export const epidemicEn: LaterTexts<"epidemic"> = {
	views: "Parts",
	view: {
		rt: "Reproduction number",
	},
	working: "Computing …",
	stop: "Stop",
	stopped: "The computation was stopped.",
	again: "Compute again",
	shownAs: { label: "Shown as", chart: "Chart", table: "Table" },
	option: {
		levelHelp:
			"The areas that are coloured on the map and ranked in the table.",
		window: "Window",
		windowHelp:
			"Rt is computed from the cases of so many days up to the day shown. A long window is calmer but slower: its value lags by about half of it.",
		days_one: "{{count}} day",
		days_other: "{{count}} days",
		interval: "Serial interval",
		intervalHelp:
			"Days from the symptoms of a person to those of somebody whom they infect. A longer one moves Rt away from 1.",
		draw: "Uncertainty of the interval (curve)",
		drawHelp:
			"For the curve of the chosen area the serial interval can be drawn within what is not known of it, which widens the range. Map, table and small curves take it as published.",
		draws: { uncertain: "Drawn within its bounds", fixed: "As published" },
		source: "Mean {{mean}} days, standard deviation {{sd}} days. {{source}}.",
		verified: "Read in the abstract of the source.",
		unverified: "Commonly used; not verified in the source itself.",
	},
	intervalOf: {
		nishiura: "Nishiura 2020",
		du: "Du 2020",
		li: "Li 2020",
	},
	rt: {
		title: "Reproduction number (Rt)",
		of: "Rt from cases of {{from}} – {{to}}",
		chart: "Reproduction number: {{area}}",
		mean: "Rt (95 % range)",
		one: "1: neither grows nor wanes",
		coming: "still coming in, not a fall",
		day: "Day",
		unknown: "not known",
		latest: "{{day}}: {{value}}, {{share}}",
		probability: "probability of Rt > 1: {{share}}",
		none: "Rt of this area cannot be told: {{why}}.",
		casesOf: "{{cases}} cases in {{days}} days",
		signs:
			"↑ grows, ↓ wanes (probability 95 %); ~ not yet told apart from 1. What has no Rt is not therefore low.",
		gapDays_one: "{{count}} day without Rt: {{why}}.",
		gapDays_other: "{{count}} days without Rt: {{why}}.",
		comingHelp:
			"After {{day}} reports are still coming in: the hatched part is no fall.",
		comingMap:
			"Reports after {{shown}} are still coming in. Map and table show {{shown}} and not {{day}}: counts that are not whole would read as a fall.",
		byReport:
			"By day of report: Rt lags the infections by more than a week and follows the backlog of laboratories.",
	},
	direction: {
		grows: "grows",
		wanes: "wanes",
		unclear: "not yet told apart from 1",
	},
	gap: {
		"few-cases": "fewer than 11 cases in the window",
		"low-infectiousness": "too few earlier cases to explain those of now",
		"day-not-reported": "a day of the window was not reported",
		"history-not-reported":
			"the days before the window, from which infections came, were not reported",
		"too-early": "reports have only just begun",
		"source-changed":
			"the source of the figure changed in the window: the difference is no new cases",
		"few-areas": "too few areas reported to stand for the whole",
		"not-yet-known": "not yet known on the chosen day of knowledge",
		"still-coming": "reports are still coming in: it would read as a fall",
	},
	gapShort: {
		"few-cases": "too few cases",
		"low-infectiousness": "origin of cases not seen",
		"day-not-reported": "a day not reported",
		"history-not-reported": "history not reported",
		"too-early": "too early",
		"source-changed": "source changed",
		"few-areas": "few reported",
		"not-yet-known": "not yet known",
		"still-coming": "still coming in",
	},
	ranking: {
		title:
			"{{grows}} growing, {{wanes}} waning of {{told}} that can be told ({{all}} areas)",
		area: "Area",
		mean: "Rt (95 %)",
		meanHelp:
			"How many one person infects on average; between its bounds with a probability of 95 %.",
		aboveOne: "Probability > 1",
		aboveOneHelp: "Probability that Rt is above 1, that is that cases grow.",
		before: "{{days}} days ago",
		beforeHelp: "Rt one window earlier, of other days altogether.",
		cases: "Cases of {{days}} days",
		casesHelp: "New confirmed cases in the window.",
		filter: "Filter areas",
	},
	small: {
		title: "{{count}} areas with the most cases, {{area}}",
		scale: "12 weeks, scale 0 – {{most}}; dashed: 1",
		none: "There is no area whose cases can be added up.",
	},
	export: {
		mean: "rt",
		low: "rt_low_95",
		high: "rt_high_95",
		aboveOne: "probability_above_1",
		cases: "cases_of_window",
		reason: "no_rt_because",
		window: "window_days",
		interval: "serial_interval",
	},
};
