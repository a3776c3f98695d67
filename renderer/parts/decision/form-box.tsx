import { Button, MantineThemeProvider, Popover } from "@mantine/core";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { type DraftForm, useDrafts, useOpenBox } from "../../state/drafts.ts";

/** What a list of choices offers lies in the box: a click elsewhere is one that leaves it, and the choice is lost. */
const WITHIN_THE_BOX = {
	components: {
		Select: { defaultProps: { comboboxProps: { withinPortal: false } } },
	},
};

/** A form in a box of its own, beside the small button that opens it. */
export function FormBox({
	form,
	icon: Icon,
	label,
	testId,
	width = "26rem",
	position = "bottom-start",
	children,
}: {
	form: DraftForm;
	icon: LucideIcon;
	/** The words of the button. */
	label: string;
	/** Of the button. */
	testId: string;
	width?: string;
	position?: "bottom-start" | "bottom-end";
	children: ReactNode;
}) {
	useOpenBox(form);
	const asking = useDrafts(({ leaving }) => leaving !== null);
	return (
		<Popover
			opened={form.opened}
			onChange={form.close}
			width={width}
			position={position}
			// The question whether to leave stands outside of the box.
			closeOnClickOutside={!asking}
			trapFocus
			// A form taller than the room below its button scrolls: what orders stands at its end.
			middlewares={{ flip: true, shift: true, size: true }}
		>
			<Popover.Target>
				<Button
					size="compact-xs"
					variant="default"
					leftSection={<Icon size="1em" aria-hidden />}
					data-testid={testId}
					onClick={form.opened ? form.close : form.open}
				>
					{label}
				</Button>
			</Popover.Target>
			<Popover.Dropdown style={{ overflow: "auto" }}>
				<MantineThemeProvider inherit theme={WITHIN_THE_BOX}>
					{form.opened && children}
				</MantineThemeProvider>
			</Popover.Dropdown>
		</Popover>
	);
}
