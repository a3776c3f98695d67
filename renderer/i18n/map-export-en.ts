import type { LaterTexts } from "./texts.ts";

/** The texts of what leaves a map in English. */
export const mapExportEn: LaterTexts<"mapExport"> = {
	open: "Export",
	of: "Save or print what the map shows",
	picture: "PNG picture {{width}} × {{height}}",
	film: "Video of the time-lapse…",
	xlsx: "XLSX table",
	geojson: "Boundaries and figures (GeoJSON)",
	print: "Print one sheet {{paper}}",
	toPrint:
		"This map is printed as one sheet: press Ctrl+P or the button Print on that screen, not the menu of the browser.",
	title: "Video of the time-lapse",
	from: "From",
	to: "To",
	speed: "Days a second",
	rate: "Frames a second",
	size: "Size",
	count:
		"{{frames}} frames, {{seconds}} seconds, {{format}}, {{size}} MB at most",
	tooFast:
		"Not every day would be seen: choose fewer days or more frames a second.",
	noDays: "The first day has to be before the last, within the data.",
	noEncoder:
		"This browser cannot make a video of that size. Choose a smaller one.",
	webm: "There is no H.264 encoder here; the video is WebM.",
	memory:
		"Here a video is held in memory until it is done: {{size}} MB at most.",
	asMade: "Written to its file as it is made.",
	tooLarge:
		"The video may grow larger than what can be held in memory ({{size}} MB). Choose a smaller size, fewer days, or more days a second.",
	start: "Make the video",
	cancel: "Cancel",
	progress: "Frame {{done}} of {{of}}",
	done: "The video is saved.",
	elsewhere:
		"The film is complete, but the chosen file could not be written to its end: {{why}}. The whole film was saved as a download.",
	goesElsewhere:
		"The chosen file can no longer be written to: {{why}}. The video goes on and will be saved as a download.",
	lost: "the chosen file could not be written to its end ({{why}}), and the copy in the browser cannot be read ({{copy}}), so the video is lost",
	place: {
		gone: "the file or its folder is no longer there (moved, deleted, or its drive taken out)",
		full: "its disk is full",
		locked:
			"the permission to write was withdrawn, or another program has locked the file",
	},
	step: {
		sources: "Reading the sources of the figures …",
		maps: "Preparing the map at the size of the picture …",
		drawing: "Drawing …",
		file: "Writing the file of the picture …",
	},
	making: "Drawing …",
	unit: "Unit",
	value: "Value",
	period: "Period",
	marks: "Marks",
	parent: "Belongs to",
	unitCount: "count",
	tablesOf: {
		right: "Tables and GeoJSON hold the right map",
		chosen:
			"Tables and GeoJSON hold all areas, with the indicator and the date of the chosen map",
	},
};
