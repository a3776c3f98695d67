import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** A blue that reads well on a dark wall. */
const signal: MantineColorsTuple = [
	"#e6f4fd",
	"#cde6f8",
	"#9dcdf0",
	"#6ab3e9",
	"#4aa3df",
	"#2f8fd0",
	"#2478b2",
	"#1c5f8f",
	"#16496f",
	"#10334e",
];

const dark: MantineColorsTuple = [
	"#e6edf3",
	"#c9d4df",
	"#a9b7c6",
	"#7d8b99",
	"#3a4a5a",
	"#2a3846",
	"#1a2530",
	"#131c25",
	"#0e151c",
	"#0b1016",
];

export const THEME = createTheme({
	colors: { signal, dark },
	primaryColor: "signal",
	// White on the lighter one is hard to read (3.5:1).
	primaryShade: 6,
	fontFamily:
		'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
	defaultRadius: "sm",
	fontSizes: {
		xs: "0.78rem",
		sm: "0.86rem",
		md: "0.95rem",
		lg: "1.1rem",
		xl: "1.3rem",
	},
	spacing: {
		xs: "0.35rem",
		sm: "0.5rem",
		md: "0.75rem",
		lg: "1rem",
		xl: "1.5rem",
	},
	cursorType: "pointer",
	// What is opened is there at once: a wall that draws a map has no frames to spare for sliding boxes.
	components: {
		Popover: { defaultProps: { transitionProps: { duration: 0 } } },
		SegmentedControl: { defaultProps: { transitionDuration: 0 } },
		// Else nine pixels high on a laptop.
		InputWrapper: {
			styles: {
				description: { fontSize: "0.8rem" },
				error: { fontSize: "0.8rem" },
			},
		},
		// A name of a file may take two lines.
		Modal: { styles: { title: { lineHeight: 1.3 } } },
		Menu: { defaultProps: { transitionProps: { duration: 0 } } },
		Combobox: { defaultProps: { transitionProps: { duration: 0 } } },
		Tooltip: { defaultProps: { transitionProps: { duration: 0 } } },
	},
	focusRing: "auto",
});
