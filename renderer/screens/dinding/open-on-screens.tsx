import { Button } from "@mantine/core";
import { MonitorUp } from "lucide-react";
import { useState } from "react";
import {
	type CellKey,
	type DisplayGrid,
	showOfPlace,
} from "../../../core/wall/grid.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import {
	knowsScreens,
	type Opened,
	openOnScreens,
} from "./screens-of-machine.ts";
import { useWallAddress } from "./use-wall-address.ts";

/** Opens a window on each monitor of this machine, where the browser can be asked for them. */
export function OpenOnScreens({
	grid,
	places,
}: {
	grid: DisplayGrid;
	/** Those without a device, from the upper left on. */
	places: readonly CellKey[];
}) {
	const { t } = useLanguage();
	const addressOf = useWallAddress();
	const [became, setBecame] = useState<Opened | null>(null);
	if (!knowsScreens()) return null;
	return (
		<>
			<Button
				size="xs"
				variant="default"
				title={t("grids.openAllHelp")}
				leftSection={<MonitorUp size="1em" aria-hidden />}
				data-testid="grid-open-all"
				onClick={() => {
					setBecame(null);
					void openOnScreens(places, (cell) =>
						addressOf(showOfPlace(grid.id, cell)),
					).then(setBecame);
				}}
			>
				{t("grids.openAll")}
			</Button>
			{became && (
				<small role="status">
					{typeof became === "object"
						? t("grids.opened", { count: became.opened })
						: t(
								became === "blocked"
									? "grids.blocked"
									: became === "one"
										? "grids.oneMonitor"
										: "grids.notGranted",
							)}
				</small>
			)}
		</>
	);
}
