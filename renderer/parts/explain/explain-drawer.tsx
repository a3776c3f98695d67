import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { Explain } from "../../../core/api/explain.ts";
import type { Term } from "../../../core/dictionary/entry.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import { type AreaIndex, useDistricts } from "../../state/area-index.ts";
import { closeBox, leave } from "../../state/drafts.ts";
import {
	type Explained,
	type ExplainedCell,
	useView,
	useViewOf,
} from "../../state/view-state.ts";
import { OverrideValue } from "../decision/override-value.tsx";
import { Meaning } from "../ui/meaning.tsx";
import { termName } from "../ui/term-name.ts";
import styles from "./explain.module.css";
import { ExplainWaiting } from "./explain-waiting.tsx";
import { OfFacility, useExplainedFacility } from "./of-facility.tsx";
import { OfSum } from "./of-sum.tsx";
import { Origin } from "./origin.tsx";
import { Proof } from "./proof.tsx";
import { Shown, useShownAs } from "./shown.tsx";

/** "Dari mana angka ini?": everything known about one number. */
export function ExplainDrawer({ areas: given }: { areas: AreaIndex }) {
	const { t } = useLanguage();
	const { explained, explain } = useViewOf("explained", "explain");
	// Of a kecamatan that a table showed the areas of the screen know nothing.
	const named = explained
		? "sum" in explained
			? explained.sum
			: "area" in explained
				? [explained.area]
				: []
		: [];
	const isKnown = named.every((id) => given.byId(id) !== undefined);
	const areas = useDistricts(given, !isKnown).index ?? given;
	const about = useAbout(explained, areas);
	return (
		<Drawer
			opened={about !== null}
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
					{about && <small>{about.words}</small>}
				</span>
			}
			classNames={{ body: styles.body }}
			data-testid="explain"
		>
			{about?.body}
		</Drawer>
	);
}

/** What was asked about, in words, and what is told of it; null where there is no such thing. */
function useAbout(
	explained: Explained | null,
	areas: AreaIndex,
): { words: string; body: ReactNode } | null {
	const { t, format } = useLanguage();
	const shownAs = useShownAs();
	const facility = useExplainedFacility(
		explained && "facility" in explained ? explained.facility : null,
	);
	if (!explained) return null;
	const day = format.day(explained.day);
	if ("facility" in explained)
		return (
			facility && {
				words: [
					facility.name,
					t(`facilityExplain.measure.${explained.measure}`),
					day,
				].join(" · "),
				body: (
					<>
						<OfFacility asked={explained} facility={facility} areas={areas} />
						<OfTerm term={explained.measure} />
					</>
				),
			}
		);
	if ("sum" in explained)
		return {
			words: [
				t(`indicator.${explained.indicator}`),
				shownAs({ ...explained, measure: "total" }),
				t("areaSet.count", { count: explained.sum.length }),
				day,
			].join(" · "),
			body: (
				<>
					<OfSum asked={explained} areas={areas} />
					<OfTerm term={explained.indicator} />
				</>
			),
		};
	const area = areas.byId(explained.area);
	return area
		? {
				words: [
					t(`indicator.${explained.indicator}`),
					shownAs(explained),
					`${area.name} (${area.code})`,
					day,
				].join(" · "),
				body: <ExplainBody cell={explained} area={area} areas={areas} />,
			}
		: null;
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
	const asKnown = useView((view) => view.asKnown);
	const { data, isError, refetch } = useAnswer(Explain, {
		...cell,
		period: cell.period ?? null,
		as_known: asKnown,
	});
	// What is here stays, with whatever is being typed below it, while it cannot be asked for again.
	if (!data)
		return <ExplainWaiting failed={isError} again={() => void refetch()} />;
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
			<OfTerm term={cell.indicator} />
		</>
	);
}

/** What the number is of, at the end of where it comes from. */
function OfTerm({ term }: { term: Term }) {
	const { t } = useLanguage();
	return (
		<section>
			<h3>{t("value.meaningOf", { term: termName(t, term) })}</h3>
			<Meaning term={term} />
		</section>
	);
}
