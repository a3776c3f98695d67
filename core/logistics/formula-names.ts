/** What formulas of stocks tell, and what goes into them: a screen has the words. */

export const FORMULA_KEYS = [
	"days",
	"left",
	"use",
	"reported",
	"modelled",
	"need",
	"netNeed",
	"surplus",
	"out",
	"reorder",
] as const;
export type FormulaKey = (typeof FORMULA_KEYS)[number];

export const FORMULA_INPUTS = [
	"left",
	"use",
	"stock",
	"age",
	"delivered",
	"usedSince",
	"used",
	"spanDays",
	"reported",
	"modelled",
	"factor",
	"severe",
	"perSevere",
	"critical",
	"perCritical",
	"tests",
	"wastage",
	"specimens",
	"days",
	"need",
	"incoming",
	"expiring",
	"countDay",
	"lead",
	"review",
	"z",
	"sd",
	"facilities",
	"both",
	"sumOver",
] as const;
export type FormulaInput = (typeof FORMULA_INPUTS)[number];
