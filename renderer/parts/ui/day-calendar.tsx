import { ActionIcon, UnstyledButton } from "@mantine/core";
import {
	ChevronLeft,
	ChevronRight,
	ChevronsLeft,
	ChevronsRight,
	type LucideIcon,
} from "lucide-react";
import { useState } from "react";
import {
	type Day,
	firstDayOfMonth,
	isoFromDay,
	monthOf,
} from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./day-calendar.module.css";

const DAYS_OF_WEEK = 7;
/** Of Monday, on which the weeks of both languages begin: 5 January 1970. */
const A_MONDAY: Day = 4;

/** A month of days to pick one from, named in the language of the screen. */
export function DayCalendar({
	from,
	to,
	near,
	picked,
	pick,
}: {
	/** The first and the last day that may be picked. */
	from: Day;
	to: Day;
	/** Whose month is shown first. */
	near: Day;
	picked: Day | null;
	pick: (day: Day) => void;
}) {
	const { t, format } = useLanguage();
	const [month, setMonth] = useState(() =>
		monthOf(Math.min(Math.max(near, from), to)),
	);
	const first = firstDayOfMonth(month);
	const days = firstDayOfMonth(month + 1) - first;
	const before = (((first - A_MONDAY) % DAYS_OF_WEEK) + DAYS_OF_WEEK) % 7;
	const least = monthOf(from);
	const most = monthOf(to);
	const turn = (by: number, label: string, Icon: LucideIcon) => (
		<ActionIcon
			variant="subtle"
			aria-label={label}
			disabled={by < 0 ? month <= least : month >= most}
			onClick={() => setMonth(Math.min(Math.max(month + by, least), most))}
		>
			<Icon size="1.1em" />
		</ActionIcon>
	);
	return (
		<fieldset className={styles.calendar} data-testid="calendar">
			<legend className="unseen">{format.month(first)}</legend>
			<div className={styles.head}>
				{turn(-12, t("asKnown.yearBefore"), ChevronsLeft)}
				{turn(-1, t("asKnown.monthBefore"), ChevronLeft)}
				<b aria-live="polite">{format.month(first)}</b>
				{turn(1, t("asKnown.monthAfter"), ChevronRight)}
				{turn(12, t("asKnown.yearAfter"), ChevronsRight)}
			</div>
			<div className={styles.days}>
				{Array.from({ length: DAYS_OF_WEEK }, (_, at) => (
					<span key={format.weekday(A_MONDAY + at)} aria-hidden>
						{format.weekday(A_MONDAY + at)}
					</span>
				))}
				{Array.from({ length: days }, (_, at) => {
					const day = first + at;
					return (
						<UnstyledButton
							key={day}
							className={styles.day}
							style={at === 0 ? { gridColumnStart: before + 1 } : undefined}
							aria-label={format.day(day)}
							aria-pressed={day === picked}
							disabled={day < from || day > to}
							data-testid={`calendar-${isoFromDay(day)}`}
							onClick={() => pick(day)}
						>
							{at + 1}
						</UnstyledButton>
					);
				})}
			</div>
		</fieldset>
	);
}
