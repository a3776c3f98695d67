import { ActionIcon, Menu } from "@mantine/core";
import { Flag } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Day } from "../../../core/series/day.ts";
import type { DayRange } from "../../clock/clock.ts";
import { clock, useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type EventKind, KINDS } from "./event-kinds.ts";
import styles from "./event-pins.module.css";
import type { TimelineEvent } from "./events.ts";

function useEventText() {
	const { t, format } = useLanguage();
	return ({ day, text, source, corrected }: TimelineEvent): string =>
		[
			format.day(day),
			text ?? t("events.corrected", { value: format.signed(corrected ?? 0) }),
			...(source ? [`(${source})`] : []),
		].join(" · ");
}

/**
 * What happened, above the days of the curve: each leads to its day. One stop of the Tab key; arrows go from event to event. What happened
 * on the day that is shown, or on the one that it is held against, stands in words.
 */
export function EventPins({
	events,
	range: { firstDay, lastDay },
	other,
}: {
	events: readonly TimelineEvent[];
	range: DayRange;
	/** The other day that is looked at on a day of the clock, where two are. */
	other: ((day: Day) => Day) | null;
}) {
	const { t } = useLanguage();
	const eventText = useEventText();
	const day = useFigureDay();
	const list = useRef<HTMLUListElement>(null);
	const [stop, setStop] = useState(0);
	const days = lastDay - firstDay + 1;
	const inside = events.filter(
		(event) => event.day >= firstDay && event.day <= lastDay,
	);
	const beside = other?.(day) ?? null;
	const isShown = (event: TimelineEvent) =>
		event.day === day || event.day === beside;
	const today = inside.filter(isShown);
	const placeOf = (at: Day) => `${((at - firstDay + 0.5) / days) * 100}%`;
	const entry = Math.min(stop, inside.length - 1);
	const onKey = (event: KeyboardEvent, at: number) => {
		const to = {
			ArrowLeft: at - 1,
			ArrowRight: at + 1,
			Home: 0,
			End: inside.length - 1,
		}[event.key];
		if (to === undefined) return;
		event.preventDefault();
		event.stopPropagation();
		const there = Math.min(Math.max(to, 0), inside.length - 1);
		setStop(there);
		list.current?.querySelectorAll("button")[there]?.focus();
	};
	return (
		<>
			{beside !== null && beside >= firstDay && beside <= lastDay && (
				<i
					className={styles.other}
					style={{ left: placeOf(beside) }}
					data-testid="other-day"
					aria-hidden
				/>
			)}
			<ul
				ref={list}
				className={styles.pins}
				aria-label={t("events.title")}
				data-testid="events"
			>
				{inside.map((event, at) => (
					<li
						key={`${event.day} ${event.kind} ${event.text} ${event.corrected}`}
						style={{ left: placeOf(event.day) }}
					>
						<button
							type="button"
							className={styles.pin}
							data-kind={event.kind}
							data-today={isShown(event) || undefined}
							tabIndex={at === entry ? 0 : -1}
							aria-label={eventText(event)}
							title={eventText(event)}
							onFocus={() => setStop(at)}
							onKeyDown={(key) => onKey(key, at)}
							onClick={() => clock.goTo(event.day)}
						/>
					</li>
				))}
			</ul>
			<p className={styles.today} aria-live="polite" data-testid="event-today">
				{today.map(eventText).join("; ")}
			</p>
		</>
	);
}

/** Which kinds of events are shown. */
export function EventFilter({
	kinds,
	change,
	exercise,
}: {
	kinds: readonly EventKind[];
	change: (kinds: readonly EventKind[]) => void;
	exercise: boolean;
}) {
	const { t } = useLanguage();
	return (
		<Menu position="top-end" closeOnItemClick={false}>
			<Menu.Target>
				<ActionIcon
					variant="default"
					aria-label={t("events.filter")}
					title={t("events.filter")}
					data-testid="event-filter"
				>
					<Flag size="1.1em" />
				</ActionIcon>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Label>
					{t("events.title")}
					{exercise && ` · ${t("events.exercise")}`}
				</Menu.Label>
				{KINDS.map((kind) => (
					<Menu.CheckboxItem
						key={kind}
						checked={kinds.includes(kind)}
						rightSection={
							<i className={styles.pin} data-kind={kind} aria-hidden />
						}
						onChange={(now) =>
							change(
								KINDS.filter((one) =>
									one === kind ? now : kinds.includes(one),
								),
							)
						}
					>
						{t(`events.kind.${kind}`)}
					</Menu.CheckboxItem>
				))}
			</Menu.Dropdown>
		</Menu>
	);
}
