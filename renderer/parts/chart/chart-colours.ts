const NAMES = [
	"paper",
	"text",
	"grid",
	"bar",
	"line",
	"mean",
	"correction",
	"silent",
	"partial",
	"source",
	"terms",
] as const;

/** Colours of charts, as the style sheet has them for this room; told apart by lightness as well as hue. */
export const CHART = Object.defineProperties(
	{},
	Object.fromEntries(
		NAMES.map((name) => [
			name,
			{
				get: () =>
					getComputedStyle(document.documentElement)
						.getPropertyValue(`--chart-${name}`)
						.trim(),
			},
		]),
	),
) as Readonly<Record<(typeof NAMES)[number], string>>;
