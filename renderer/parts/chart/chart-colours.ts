/** Colours of charts; told apart by lightness as well as hue. */
export const CHART = {
	paper: "#131c25",
	text: "#a9b7c6",
	grid: "#1e2a36",
	bar: "#3d6f9e",
	line: "#7cc4f5",
	mean: "#f4d35e",
	correction: "#ff9f5a",
	silent: "#d5dbe2",
	partial: "#8a96a3",
	source: "#c9a6f5",
	terms: "#e6edf4",
} as const;
