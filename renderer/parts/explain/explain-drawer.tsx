import { Button, Drawer, Loader } from "@mantine/core";
import { QUERIES } from "../../../core/api/all.ts";
import type { AreaRow } from "../../../core/api/areas.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import { type AreaIndex, useDistricts } from "../../state/area-index.ts";
import { closeBox, leave } from "../../state/drafts.ts";
import {
	type ExplainedCell,
	useView,
	useViewOf,
} from "../../state/view-state.ts";
import { OverrideValue } from "../decision/override-value.tsx";
import { PanelNotice } from "../ui/panel.tsx";
import styles from "./explain.module.css";
import { Origin } from "./origin.tsx";
import { Proof } from "./proof.tsx";
import { Shown, useShownAs } from "./shown.tsx";

/** "Dari mana angka ini?": everything known about one number. */
export function ExplainDrawer({ areas: given }: { areas: AreaIndex }) {
	const { t, format } = useLanguage();
	const { explained, explain } = useViewOf("explained", "explain");
	const shownAs = useShownAs();
	// Of a kecamatan that a table showed the areas of the screen know nothing.
	const isKnown = !explained || given.byId(explained.area) !== undefined;
	const areas = useDistricts(given, !isKnown).index ?? given;
	const area = explained ? areas.byId(explained.area) : undefined;
	return (
		<Drawer
			opened={explained !== null && area !== undefined}
			onClose={() => closeBox() || leave(() => explain(null))}
			position="right"
			size="44rem"
			padding="md"
			closeButtonProps={{ "aria-label": t("app.close") }}
			overlayProps={{ backgroundOpacity: 0.45 }}
			transitionProps={{ duration: 0 }}
			title={
				<span className={styles.title}>
					<b>{t("explain.title")}</b>
					{explained && area && (
						<small>
							{t(`indicator.${explained.indicator}`)} · {shownAs(explained)} ·{" "}
							{area.name} ({area.code}) · {format.day(explained.day)}
						</small>
					)}
				</span>
			}
			classNames={{ body: styles.body }}
			data-testid="explain"
		>
			{explained && area && (
				<ExplainBody cell={explained} area={area} areas={areas} />
			)}
		</Drawer>
	);
}

function ExplainBody({
	cell,
	area,
	areas,
}: {
	cell: ExplainedCell;
	area: AreaRow;
	areas: AreaIndex;
}) {
	const { t } = useLanguage();
	const asKnown = useView((view) => view.asKnown);
	const { data, isError, refetch } = useAnswer(QUERIES.explain, {
		...cell,
		period: cell.period ?? null,
		as_known: asKnown,
	});
	// What is here stays, with whatever is being typed below it, while it cannot be asked for again.
	if (isError && !data)
		return (
			<PanelNotice
				role="alert"
				action={
					<Button onClick={() => void refetch()}>{t("app.retry")}</Button>
				}
			>
				{t("explain.failed")}
			</PanelNotice>
		);
	if (!data)
		return (
			<PanelNotice>
				<Loader size="sm" /> {t("explain.loading")}
			</PanelNotice>
		);
	return (
		<>
			<Shown explanation={data} area={area} areas={areas} />
			<OverrideValue explanation={data} area={area} asKnown={asKnown} />
			<Proof
				cell={cell}
				figure={data.figure}
				of={data.figure.of}
				areas={areas}
			/>
			<Origin explanation={data} area={area} />
		</>
	);
}
