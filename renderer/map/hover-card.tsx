import type { AreaRow } from "../../core/api/situation.ts";
import { useLanguage } from "../i18n/use-language.ts";
import type { CellFigures } from "../state/cell-figures.ts";
import { ChangeText } from "../ui/change-text.tsx";
import { MarkList } from "../ui/mark-list.tsx";

/** What the pointer is on: name, code, value, change, marks in words. */
export function HoverCard({
	area,
	parentName,
	label,
	figures,
	x,
	y,
	flipX,
	flipY,
}: {
	area: AreaRow;
	parentName: string | null;
	label: string;
	figures: CellFigures;
	x: number;
	y: number;
	flipX: boolean;
	flipY: boolean;
}) {
	const { t, format } = useLanguage();
	return (
		<div
			className="hover-card"
			data-testid="hover-card"
			style={{
				left: x,
				top: y,
				transform: `translate(${flipX ? "calc(-100% - 1rem)" : "1rem"}, ${flipY ? "calc(-100% - 0.5rem)" : "0.5rem"})`,
			}}
		>
			<strong>{area.name}</strong>
			<small>
				{area.code}
				{parentName && ` · ${parentName}`}
			</small>
			<div className="hover-value">
				<span>{label}</span>
				<b>
					{figures.value === null
						? t("value.notReported")
						: format.number(figures.value)}
				</b>
			</div>
			{figures.value === null && figures.last && (
				<small>
					{t("value.lastReported", {
						value: format.number(figures.last.value),
						day: format.day(figures.last.day),
					})}
				</small>
			)}
			{figures.value !== null && <ChangeText change={figures.change7} />}
			<MarkList marks={figures.marks} />
		</div>
	);
}
