import { useComputedColorScheme } from "@mantine/core";
import type { Settings } from "../../../core/workspace/settings.ts";
import { usePrinting } from "../ui/use-printing.ts";

/** The kind of room that is drawn for. Paper is a bright room. */
export function useTheme(): Settings["theme"] {
	const printing = usePrinting();
	const room = useComputedColorScheme();
	return printing ? "light" : room;
}
