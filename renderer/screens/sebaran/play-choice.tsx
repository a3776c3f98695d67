import { ActionIcon } from "@mantine/core";
import { Link2, Link2Off, Repeat } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { SPEEDS as SPEEDS_ELSEWHERE } from "../../clock/clock.ts";
import { SpeedChoice } from "../../clock/play-buttons.tsx";
import { clock, useClock } from "../../clock/use-clock.ts";
import { useSharedClock } from "../../clock/use-shared-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { SPEEDS } from "./search.ts";
import type { Choice } from "./use-choice.ts";

/** How time passes: by days or by weeks, over and over, how fast, and with the other windows or alone. */
export function PlayChoice({ choice }: { choice: Choice }) {
	const { t } = useLanguage();
	const [joined, setJoined] = useState(true);
	useSharedClock(joined);
	useAddressOfClock(choice);
	const weekly = useClock((clock) => clock.weekly);
	const loop = useClock((clock) => clock.loop);
	return (
		<>
			<Toggle
				name={t("spread.weekly")}
				on={weekly}
				testId="weekly"
				change={(on) => clock.setWeekly(on)}
			>
				7
			</Toggle>
			<Toggle
				name={t("spread.loop")}
				on={loop}
				testId="loop"
				change={(on) => clock.setLoop(on)}
			>
				<Repeat size="1.1em" />
			</Toggle>
			<Toggle
				name={t("spread.joined")}
				on={joined}
				testId="joined"
				change={setJoined}
			>
				{joined ? <Link2 size="1.2em" /> : <Link2Off size="1.2em" />}
			</Toggle>
			<SpeedChoice speeds={SPEEDS} />
		</>
	);
}

function Toggle({
	name,
	on,
	testId,
	change,
	children,
}: {
	name: string;
	on: boolean;
	testId: string;
	change: (on: boolean) => void;
	children: ReactNode;
}) {
	return (
		<ActionIcon
			variant={on ? "filled" : "default"}
			aria-label={name}
			aria-pressed={on}
			title={name}
			data-testid={testId}
			onClick={() => change(!on)}
		>
			{children}
		</ActionIcon>
	);
}

/** Speed, steps and loop stand in the address: read from it when it changes, written when the clock does. */
function useAddressOfClock({ search, changeSearch }: Choice): void {
	const { speed, weekly = false, loop = false } = search;
	useEffect(() => {
		clock.setSpeed(Number(speed));
		clock.setWeekly(weekly);
		clock.setLoop(loop);
	}, [speed, weekly, loop]);
	useEffect(
		() =>
			clock.onState(() => {
				const next = {
					speed: String(clock.speed),
					weekly: clock.weekly,
					loop: clock.loop,
				};
				if (
					next.speed !== speed ||
					next.weekly !== weekly ||
					next.loop !== loop
				)
					changeSearch(next);
			}),
		[changeSearch, speed, weekly, loop],
	);
	// Other screens know days one by one, to the end, and fewer speeds.
	useEffect(
		() => () => {
			clock.setWeekly(false);
			clock.setLoop(false);
			if (!SPEEDS_ELSEWHERE.some((one) => one === clock.speed))
				clock.setSpeed(SPEEDS_ELSEWHERE[1]);
		},
		[],
	);
}
