import type { Standing } from "../../../core/wall/grid.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./wall.module.css";

/** Which display this is, so large that it is read across a hall: its number in its grid, or its name. */
export function DisplaySign({
	standing,
	name,
}: {
	standing: Standing | null;
	name: string;
}) {
	const { t } = useLanguage();
	return (
		<div className={styles.sign} role="note" data-testid="display-sign">
			<output data-number={standing !== null || undefined}>
				{standing ? standing.cell.number : name || t("show.unnamedWall")}
			</output>
			<p>
				{standing
					? t("grids.signPlace", {
							grid: standing.grid.name,
							row: standing.cell.row + 1,
							column: standing.cell.column + 1,
						})
					: t("grids.signNoPlace")}
			</p>
			{standing && name !== "" && <p>{name}</p>}
		</div>
	);
}
