import type { LaterTexts } from "./texts.ts";

/** The texts of grids-id.ts in English. */
export const gridsEn: LaterTexts<"grids"> = {
	title: "Walls",
	none: "There is no wall of several displays yet. Make one: say how many displays, how large, and how wide their frames.",
	add: "New wall",
	newName: "Wall of the hall",
	name: "Name",
	size: "{{columns}} × {{rows}} displays",
	columns: "Columns",
	rows: "Rows",
	pictureWidth: "Width of the picture",
	pictureHeight: "Height of the picture",
	gapAcross: "Upright frames",
	gapDown: "Level frames",
	gapHelp:
		"Measured from the edge of one picture to the edge of the next: both frames and what is between them. What lies behind a frame is hidden; lines of a map go on straight.",
	mode: "Content",
	spans: "One scene over all displays",
	each: "Each display its own",
	shows: "Shows",
	showsHere: "Display {{number}} shows",
	place: "{{grid}} · display {{number}} (row {{row}}, column {{column}})",
	display: "Display {{number}}",
	where: "row {{row}}, column {{column}}",
	device: "Device at display {{number}}",
	noDevice: "No device of the network",
	deviceHelp:
		"Devices that are paired. Others: Devices, Pair a device, and choose its place there.",
	chooseDisplay: "Choose a display in the picture to set it up.",
	sign: "Show the numbers",
	unsign: "Hide the numbers",
	signHelp:
		"For a minute each display shows its number large; one without a place shows its name.",
	signPlace: "{{grid}} · row {{row}}, column {{column}}",
	signNoPlace: "has no place on a wall yet",
	open: "Open display {{number}} in another window",
	fill: "Fill a monitor with display {{number}}",
	monitor: "{{label}}, {{width}} × {{height}}",
	openAll: "Open on each monitor",
	openAllHelp:
		"Opens one window on each monitor of this computer, from the upper left on. F11 fills the monitor.",
	opened_one: "{{count}} window opened.",
	opened_other: "{{count}} windows opened.",
	blocked:
		"The browser held new windows back. Allow pop-ups for this address and try again.",
	notGranted:
		"The browser may not see the monitors. Allow window management for this address, or open each display by itself.",
	oneMonitor: "This computer has one monitor only.",
	noVersions: "This wall was never changed.",
	remove: "Remove",
	state: {
		none: "no display yet",
		silent: "NOT HEARD since {{time}}",
		never: "NEVER HEARD YET",
		frozen: "FROZEN since {{time}}",
		trouble: {
			lost: "CONNECTION LOST",
			offline: "data centre not reached",
			"sync-error": "SYNCHRONISATION FAILED",
			late: "behind, its scene is still being prepared",
		},
		coming: "getting ready",
		stale_one: "{{count}} panel too old",
		stale_other: "{{count}} panels too old",
		well: "well",
	},
	misfit: {
		sizes:
			"The displays of this wall differ in pixels: letters and lines do not meet at the frames. Give them the same resolution and scaling.",
		form: "The displays have another form than the picture stated here: the picture is off at the frames. Check the millimetres.",
	},
	moved:
		"Kept on one display to be read whole: {{panels}}. Arrange the scene by displays where they have too little room.",
	picturesNow: "The wall now",
	gonePlace:
		"The place of this display on its wall is gone. Give it another one at the desk of the walls.",
};
