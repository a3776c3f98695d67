import type { LaterTexts } from "./texts.ts";

/** The texts of the screen Rujukan in English. */
export const referralEn: LaterTexts<"referral"> = {
	title: "Nearest hospitals with a free bed",
	titleAll: "Nearest hospitals and their beds",
	from: "from {{place}} · {{day}}",
	seatOf: "the seat of {{area}}",
	distance:
		"Straight distance over the earth (great circle); road distance is not known and always longer.",
	bed: "Bed",
	beds: {
		ward: "Ward",
		isolation: "Isolation",
		icu: "ICU",
		ventilator: "ICU with ventilator",
		emergency: "Emergency room, COVID-19",
	},
	show: "Shown",
	shows: { free: "Those with a free one", all: "All" },
	only: "Referral hospitals only",
	at: "From a place",
	atHelp:
		"Latitude, longitude, such as -7.98,112.63. Empty: the seat of the chosen area.",
	atWrong: "Write latitude and longitude, such as -7.98,112.63.",
	filter: "Filter by name, regency/city, class",
	counts: "{{free}} with a free one · {{full}} full · {{unknown}} no report",
	shown: "the {{shown}} nearest are shown",
	withoutPlace:
		"{{hospitals}} hospitals without a place cannot be put in order.",
	choose:
		"Choose a province or regency/city, on the map or in the path of areas, or write a place: distances are reckoned from there.",
	nothing:
		"No hospital reported such a bed free in the seven days up to {{day}}. Show all to see those that are full and those that do not report.",
	noHospitals:
		"No hospital is registered in the part of the country that you answer for.",
	state: {
		free: "free",
		full: "full",
		unknown: "no report",
	},
	column: {
		km: "Distance (km)",
		name: "Hospital",
		class: "Class",
		referral: "Referral",
		area: "Regency/city",
		free: "Free",
		of: "of",
		queue: "Queue",
		state: "State",
		age: "Age of report",
		source: "Source",
		code: "Code",
		lat: "Latitude",
		lng: "Longitude",
		reported: "Day of report",
	},
	about: "≈ ",
	aboutHelp:
		"Its own position is not known: the distance is to the seat of its regency/city.",
	yes: "yes",
	today: "today",
	yesterday: "yesterday",
	daysOld: "{{days}} days",
	old: "old: telephone first",
	over: "{{people}} patients more than beds",
	freeOf: "{{free}} of {{of}}",
	legend: {
		free: "some free",
		full: "full",
		unknown: "no report (neither free nor full)",
		start: "from here",
	},
	mapLabel: "Referral: {{bed}}",
	stated: "A report holds for seven days; its age stands on every row.",
	print: "Print",
	call: "Telephone before you refer: a report tells of its day, not of now.",
};
