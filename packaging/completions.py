"""Completions for bash, zsh and fish, made from the program's own parser: completions.py bash|zsh|fish."""

import sys
from collections.abc import Iterator

from command_tree import Argument, Command, commands

SPOKEN = "zh"


def bash() -> str:
    """A function that finds which command has been typed and offers what it takes."""
    root = commands(SPOKEN)
    cases = "\n".join(_bash_cases(root))
    return f"""# Made by packaging/completions.py from the program's own --help.
_yuebao() {{
    local current previous path word index offered files
    current=${{COMP_WORDS[COMP_CWORD]}}
    previous=${{COMP_WORDS[COMP_CWORD - 1]}}
    path= files=
    for ((index = 1; index < COMP_CWORD; index++)); do
        word=${{COMP_WORDS[index]}}
        case "$path $word" in
{_bash_paths(root)}
        esac
    done
    case "$path:$previous" in
{cases}
    esac
    COMPREPLY=($(compgen -W "$offered" -- "$current"))
    if [[ $files && $current != -* ]]; then
        compopt -o filenames
        COMPREPLY+=($(compgen -f -- "$current"))
    fi
}}
complete -F _yuebao yuebao
"""


def _bash_paths(root: Command) -> str:
    """Patterns that move on to a command below the one typed so far."""
    rows = [f'            "{" ".join(("", *command.words))}")' for command in root.all() if command.words]
    return "\n".join(f'{row} path="$path $word" ;;' for row in rows)


def _bash_cases(root: Command) -> Iterator[str]:
    """What is offered: an option's choices or a file after it, else what the command takes."""
    for command in root.all():
        path = " ".join(("", *command.words))
        for option in command.options:
            pattern = "|".join(f'"{path}:{flag}"' for flag in option.flags)
            if option.choices:
                words = " ".join(option.choices)
                yield f'        {pattern}) COMPREPLY=($(compgen -W "{words}" -- "$current")); return ;;'
            elif option.shown:
                yield f'        {pattern}) COMPREPLY=($(compgen -f -- "$current")); compopt -o filenames; return ;;'
    for command in root.all():
        path = " ".join(("", *command.words))
        words = [below.words[-1] for below in command.below]
        words += [choice for argument in command.positionals for choice in argument.choices]
        words += [flag for option in command.options for flag in option.flags]
        files = " files=1" if any(argument.is_file for argument in command.positionals) else ""
        yield f'        "{path}":*) offered="{" ".join(words)}"{files} ;;'


def fish() -> str:
    """One line an option or a word, offered where its command has been typed."""
    root = commands(SPOKEN)
    paths = " ".join(_quoted(" ".join(command.words)) for command in root.all() if command.words)
    lines = ["# Made by packaging/completions.py from the program's own --help.",
             f"set -g __yuebao_paths {paths}", _FISH_PATH]  # fmt: skip
    for command in root.all():
        where = f'-n "__yuebao_at {" ".join(command.words)}"'
        lines += [
            f"complete -c yuebao {where} -f -a {below.words[-1]} -d {_quoted(below.meaning)}" for below in command.below
        ]
        lines += [_fish_line(where, argument) for argument in command.arguments]
    return "\n".join(line for line in lines if line) + "\n"


_FISH_PATH = """function __yuebao_at --description 'whether just these commands have been typed'
    set -l typed
    for word in (commandline -opc)[2..-1]
        if string match -qr '^[a-z]' -- $word
            and contains -- (string join ' ' $typed $word) $__yuebao_paths
            set -a typed $word
        end
    end
    test "$typed" = "$argv"
end"""


def _fish_line(where: str, argument: Argument) -> str:
    if not argument.flags:
        return f'complete -c yuebao {where} -f -a "{" ".join(argument.choices)}"' if argument.choices else ""
    flags = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in argument.flags)
    takes = ""
    if argument.choices:
        takes = f' -x -a "{" ".join(argument.choices)}"'
    elif argument.shown:
        takes = " -r -F" if argument.is_file else " -x"
    return f"complete -c yuebao {where} {flags}{takes} -d {_quoted(argument.meaning)}"


def zsh() -> str:
    """The words of _arguments, one function a command."""
    root = commands(SPOKEN)
    functions = "\n".join(_zsh_function(command) for command in root.all())
    return f"""#compdef yuebao
# Made by packaging/completions.py from the program's own --help.
{functions}
_yuebao "$@"
"""


def _zsh_function(command: Command) -> str:
    name = "_".join(("_yuebao", *command.words)).replace("-", "_")
    rows = [_zsh_row(option) for option in command.options]
    if not command.below:
        rows += [_zsh_place(argument) for argument in command.positionals]
        return f"{name}() {{\n    _arguments -s {' '.join(rows)}\n}}"
    listed = " ".join(_quoted(f"{below.words[-1]}:{_zsh_text(below.meaning)}") for below in command.below)
    calls = "\n".join(
        f"        {below.words[-1]}) {'_'.join(('_yuebao', *below.words)).replace('-', '_')} ;;"
        for below in command.below
    )
    return f"""{name}() {{
    local curcontext="$curcontext" state line
    _arguments -s -C {" ".join(rows)} '1: :->command' '*:: :->rest'
    case $state in
    command) local -a known; known=({listed}); _describe '' known ;;
    rest) case $line[1] in
{calls}
        esac ;;
    esac
}}"""


def _zsh_row(option: Argument) -> str:
    takes = f":{_zsh_text(option.shown)}:{_zsh_action(option)}" if option.shown else ""
    many = "*" if option.many else ""
    flags = option.flags if len(option.flags) == 1 or many else ()
    if flags:
        return _quoted(f"{many}{flags[0]}[{_zsh_text(option.meaning)}]{takes}")
    return " ".join(_quoted(f"{flag}[{_zsh_text(option.meaning)}]{takes}") for flag in option.flags)


def _zsh_place(argument: Argument) -> str:
    return _quoted(f"{'*' if argument.many else ''}:{_zsh_text(argument.shown)}:{_zsh_action(argument)}")


def _zsh_action(argument: Argument) -> str:
    if argument.choices:
        return f"({' '.join(argument.choices)})"
    return "_files" if argument.is_file else " "


def _zsh_text(text: str) -> str:
    return text.replace(":", "\\:").replace("[", "\\[").replace("]", "\\]")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "’") + "'"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write({"bash": bash, "zsh": zsh, "fish": fish}[sys.argv[1]]())
