import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { TimelineBar } from "../../clock/timeline-bar.tsx";
import { useLanguage } from "../../i18n/use-language.ts";
import { leave } from "../../state/drafts.ts";
import { ComingPanel } from "../ui/panel.tsx";
import { ScreenWaiting } from "../ui/screen-waiting.tsx";
import styles from "./screen-views.module.css";

/** A view of a screen, as its choice and its address (`view=`) know it. */
export interface View<Key extends string, Props> {
	readonly key: Key;
	readonly Part: (props: Props & { waiting: ReactNode }) => ReactNode;
}

/** A screen of several views, of which one is shown: above it the choice, below it the day. Who typed something is asked before it is left. */
export function ScreenViews<Key extends string, Props extends object>({
	views,
	view,
	choose,
	label,
	nameOf,
	testId,
	given,
	failure,
	retry,
}: {
	views: readonly View<Key, Props>[];
	/** As the address names it; of none of these the first is shown. */
	view: string;
	choose: (key: Key) => void;
	/** What is chosen, for whoever hears it. */
	label: string;
	nameOf: (key: Key) => string;
	testId: string;
	/** What every view is given; null or undefined: it is not there yet. */
	given: Props | null | undefined;
	failure: Error | null;
	retry: () => void;
}) {
	const { t } = useLanguage();
	const shown = views.find(({ key }) => key === view) ?? views[0];
	if (!given || !shown)
		return (
			<main className={styles.main}>
				<ScreenWaiting failure={failure} retry={retry} />
			</main>
		);
	const { Part } = shown;
	return (
		<>
			<main className={styles.main}>
				<SegmentedControl
					size="xs"
					className={styles.views}
					aria-label={label}
					data-testid={testId}
					value={shown.key}
					data={views.map(({ key }) => ({ value: key, label: nameOf(key) }))}
					onChange={(key) => leave(() => choose(key as Key))}
				/>
				<Part
					key={shown.key}
					waiting={
						<ComingPanel className={styles.whole}>
							{t("app.loading")}
						</ComingPanel>
					}
					{...given}
				/>
			</main>
			<TimelineBar />
		</>
	);
}
