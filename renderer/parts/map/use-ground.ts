import { usePrinting } from "../ui/use-printing.ts";
import { MAP_COLOURS, type MapColours } from "./palettes.ts";
import { useTheme } from "./use-theme.ts";

/** The colours of the room that the map stands in. */
export function useGround(): { ground: MapColours; printing: boolean } {
	const printing = usePrinting();
	return { ground: MAP_COLOURS[useTheme()], printing };
}
