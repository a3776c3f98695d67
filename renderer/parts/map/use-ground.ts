import { useComputedColorScheme } from "@mantine/core";
import { usePrinting } from "../ui/use-printing.ts";
import { MAP_COLOURS, type MapColours } from "./palettes.ts";

/** The colours of the room that the map stands in. Paper is a bright room. */
export function useGround(): { ground: MapColours; printing: boolean } {
	const printing = usePrinting();
	const room = useComputedColorScheme();
	return { ground: MAP_COLOURS[printing ? "light" : room], printing };
}
