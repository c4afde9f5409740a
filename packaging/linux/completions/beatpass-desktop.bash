# bash completion for beatpass-desktop

_beatpass_desktop() {
    local current=$2 previous=$3 command='' i
    local shared='--help --sandbox --base-url --data-dir --offline'
    local run='--page --tour --theme --size --quit-after-first-paint --version'
    local pages='home activity tracks albums finances leaderboards progress'
    local data='tracks albums transactions downloads achievements leaderboard history'
    COMPREPLY=()

    case $previous in
        --page) mapfile -t COMPREPLY < <(compgen -W "$pages" -- "$current"); return ;;
        --theme) mapfile -t COMPREPLY < <(compgen -W 'dark light system' -- "$current"); return ;;
        --format) mapfile -t COMPREPLY < <(compgen -W 'csv xlsx json' -- "$current"); return ;;
        --data-dir | --tour)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -d -- "$current")
            return
            ;;
        -o | --output)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
        --base-url | --size | --from | --to | --artist) return ;;
    esac

    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            doctor | export) command=${COMP_WORDS[i]}; break ;;
        esac
    done

    local words
    case $command in
        doctor) words="$shared --json" ;;
        export) words="$shared --format --from --to --artist --output" ;;
        *) words="$shared $run" ;;
    esac
    if [[ $current != -* ]]; then
        case $command in
            doctor) words='' ;;
            export) words=$data ;;
            *) words='doctor export' ;;
        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -F _beatpass_desktop beatpass-desktop
