import type { LaterTexts } from "./texts.ts";

/** The texts of the screen Epidemi in English. */
export const epidemicEn: LaterTexts<"epidemic"> = {
	views: "Parts",
	view: {
		rt: "Reproduction number",
		terkini: "Nowcast",
		proyeksi: "Projection",
		peringatan: "Alerts",
	},
	shownAs: {
		label: "Shown as",
		chart: "Chart",
		table: "Table",
		model: "The model",
	},
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
			"what was new on the days before the window, from which infections came, is not known",
		"too-early": "reports have only just begun",
		"source-changed":
			"the source of the figure changed in the window: the difference is no new cases",
		corrected:
			"a count was corrected downwards in the window: what was new on that day cannot be told",
		"few-areas": "too few areas reported to stand for the whole",
		"fewer-tell":
			"fewer areas told than in the weeks before: it would read as a fall",
		"not-yet-known": "not yet known on the chosen day of knowledge",
		"still-coming": "reports are still coming in: it would read as a fall",
	},
	gapShort: {
		"few-cases": "too few cases",
		"low-infectiousness": "origin of cases not seen",
		"day-not-reported": "a day not reported",
		"history-not-reported": "history not known",
		"too-early": "too early",
		"source-changed": "source changed",
		corrected: "corrected",
		"few-areas": "few reported",
		"fewer-tell": "fewer reported",
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
	projection: {
		title: "Four weeks ahead: {{area}}",
		says: "{{day}}: {{median}} cases a day ({{low}}–{{high}}, probability 95 %)",
		cases: "new cases",
		median: "Median",
		medianBand: "median, {{level}} % range",
		band: "{{level}} % range",
		without: "median without measures",
		came: "What came",
		held: "Rt {{mean}} ({{low}}–{{high}}) of the week up to {{day}} is held, but for the measures below.",
		none: "From {{day}} nothing can be projected: {{why}}.",
		toLogistics: "Needs in Logistics",
		toLogisticsHelp:
			"Opens the needs in Logistics for this area and day, with patients by this projection without measures: the measures tried here do not go along.",
	},
	measure: {
		title: "Measures",
		says: "{{day}}: Rt {{percent}} %",
		day: "From {{day}}",
		percent: "Rt changes by {{percent}} %",
		outside: "outside of these four weeks: it changes nothing",
		remove: "Remove the measure",
		add: "Add a measure",
		help: "Drag its day and its size (or use the arrow keys). The size is an assumption, not a finding.",
	},
	past: {
		title: "Past projections, {{days}} days ahead, and what came",
		line: "projection of {{days}} days, 95 % range",
		score:
			"{{area}}, {{scored}} days scored: {{shares}}. Interval score (WIS, close to CRPS) {{wis}} cases; error of the median {{error}}.",
		inside: "{{share}} % inside the {{level}} % range",
		none: "The history of cases of this area is too short or too sparse to score projections.",
		notProjected_one: "{{count}} time nothing could be projected.",
		notProjected_other: "{{count}} times nothing could be projected.",
	},
	nowcast: {
		title: "Nowcast: {{area}}",
		says: "{{day}}: {{estimate}} expected ({{low}}–{{high}}, probability 95 %) once all reports are in; {{reported}} reported so far",
		nothing:
			"{{day}}: {{reported}} reported; by its history no report is still awaited",
		reported: "reported so far",
		estimate: "estimate (95 %)",
		completeness: "is in",
		notReported: "not reported",
		counted: "Figure",
		countedHelp: "The new counts by day that are estimated.",
		of: { confirmed: "Confirmed cases", deaths: "Deaths" },
		gap: {
			"no-reports": "0 reported so far: cannot be estimated",
			"not-reported": "not reported, or what is new cannot be told",
			"too-incomplete": "too little is in yet",
			"delay-unknown": "the delays are not known",
		},
		short:
			"Not known: the history of knowledge is too short. When figures of this area became known is recorded for {{has}} days; at least {{needs}} are needed.",
		settled:
			"Nothing is awaited of {{day}} any more: by {{known}} all delays have passed. To see the nowcast as it was then, choose a day of knowledge on the timeline.",
		knownOn:
			"As known on {{day}}. Where a part is hatched its reports are still coming in.",
		corrections_one:
			"{{count}} time the count of a day became lower (a correction, or the report of a silent day that came later).",
		corrections_other:
			"{{count}} times the count of a day became lower (a correction, or the report of a silent day that came later).",
		changed:
			"Data kept being renewed while this was reckoned. Please try again in a moment.",
		byReport:
			"Days are days of report at the source, not of onset; a day that was not reported is not zero.",
		delays: "How long reports take",
		delay: "After the day",
		within: "Known by then",
		withinDays_one: "{{count}} day",
		withinDays_other: "{{count}} days",
		onlyAwaited: "Reckoned only for days of which reports are still awaited.",
		seeThen: "See it as known on {{day}}",
		noDelays: "The delays of this area's reports are not known.",
		lateness: "Delays from week to week: {{area}} and below",
		latenessShort: "Delays",
		latenessHelp:
			"Mean days from the event to its report; the more coloured the later. Only weeks of which all delays have passed; those above 14 days count as 14.",
		weekOf: "Seven days from",
		noEvents: "no events, or not known when they were reported",
		sameDayShare: "{{share}} % known on the day itself",
		weekdays: "Weekdays that are under-reported",
		weekday: "Weekday",
		ofWeek: "Of the week's mean",
		atOnce: "Known that day",
		under: "Under-reported: {{days}} of the week's mean.",
		noneUnder: "No weekday is under-reported beyond chance.",
		silentDays: "Not reported at all: {{days}}.",
		silentOf: "{{day}} {{silent}} of {{all}} days",
		fewDays: "too few days",
		noWeekdays: "Too few days are complete yet to tell the weekdays apart.",
		weekdaysHelp:
			"Complete counts of the weekday over the mean of the seven days around it. The range allows for all seven being looked at. Silent days, and days whose report is shared out over silent ones before, are left out.",
		past: "Past nowcasts, and what became known",
		came: "became known later",
		toldThen: "nowcast a day later (95 %)",
		reportedThen: "reported by then",
		score:
			"{{area}}, {{scored}} nowcasts made on the day itself to six days later scored: {{share}} % inside the 95 % range. Mean error {{error}}; of the reported count taken as it stood, {{reported}}.",
		noPast:
			"No past nowcast can be scored yet: what was awaited is not all in, or the history of knowledge is too short.",
		export: {
			reported: "reported",
			completeness: "share_in",
			estimate: "estimate",
			low: "estimate_low_95",
			high: "estimate_high_95",
			reason: "no_estimate_because",
			mean: "mean_days_late",
			sameDay: "share_known_same_day",
			ratio: "of_week_mean",
			ratioLow: "low",
			ratioHigh: "high",
			days: "days",
			silent: "days_not_reported",
		},
	},
	card: {
		says: "What it says",
		assumes: "What it assumes",
		fails: "When it fails",
		rests: "What it rests on",
		score: "How it did last",
		formula: "Formula",
		rt: {
			title: "Model card: reproduction number",
			says: "How many one person infects, now. Above 1 cases rise, below 1 they fall.",
			assumes:
				"The serial interval is the same everywhere and does not change; the share of cases that is found does not change within the window; imported cases are not told apart.",
			fails:
				"When testing suddenly grows (it looks like growth for about a week), when a backlog of laboratories is reported at once, and when areas are compared by their middle values although their ranges overlap. The range speaks of chance alone, not of rough reporting.",
			rests:
				"Cori et al. 2013 (Am J Epidemiol 178:1505). Prior: mean 5, standard deviation 5. At least 11 cases in the window.",
			score:
				"Equal to EpiEstim 2.2-4 within 3e-10 on 15 reference files. In the exercise country, whose Rt is known, the 95 % range from cases by day of report holds the truth in 76 to 90 % of windows: for large areas it is too narrow.",
			formula:
				"Rt ~ Gamma(a + Σ I(t); 1/(1/b + Σ Λ(t))), Λ(t) = Σ I(t−s) w(s); a = 1, b = 5, w the serial interval.",
		},
		nowcast: {
			title: "Model card: nowcast",
			says: "What the counts of the last days will be once all reports are in.",
			assumes:
				"Reports are as late as in the last eight weeks, each weekday for itself; those later than 14 days count as 14. The range also holds how much the delays of past days differ from one another.",
			fails:
				"When delays change now: a backlog worked off, a long holiday, a new portal. Where a source publishes the day's figure and never amends it nothing is awaited, and the estimate is the report.",
			rests:
				"Lawless 1994 (Can J Stat 22:15). A day of which less than 15 % is in is not estimated. At least 21 days of known history.",
			score:
				"In the panel beside this one, for this area. In the exercise country with reports that are seldom entered at weekends, the 95 % range holds what is known later on 94–96 % of days.",
			formula:
				"N̂(t) = N(t)/W(t), W(t) = Π (1 − g(x)) over delays x that have not passed; g(x) the share with delay x among those of at most x, on the same weekday. Variance: Lawless' plus N̂² τ².",
		},
		renewal: {
			title: "Model card: projection by renewal",
			says: "How many cases a day will be reported if the Rt of the last week holds.",
			assumes:
				"Rt stays but for measures; those who can fall ill do not run out; reporting and testing are as now.",
			fails:
				"Beyond four weeks, when behaviour, measures or testing change, or when most people have been infected.",
			rests:
				"Cori et al. 2013; Nouvellet et al. 2018 (Epidemics 22:29). Serial interval of Nishiura 2020 drawn within its bounds; negative binomial noise estimated from the last four weeks; 1,000 draws.",
			score: "Not yet scored for this area.",
			formula:
				"I(t+1) = Rt Σ w(s) I(t+1−s), then negative binomial noise; ranges of 50, 80 and 95 % over all draws.",
		},
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
