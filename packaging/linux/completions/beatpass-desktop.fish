# fish completion for beatpass-desktop

complete -c beatpass-desktop -f
complete -c beatpass-desktop -s h -l help -d 'Print a summary of the options and quit'
complete -c beatpass-desktop -l sandbox -d 'Use simulated data from a local server'
complete -c beatpass-desktop -l base-url -x -d 'Use another server'
complete -c beatpass-desktop -l data-dir -x -a '(__fish_complete_directories)' -d 'Keep everything the program writes in a folder'
complete -c beatpass-desktop -l offline -d 'Make no request'

set -l run 'not __fish_seen_subcommand_from doctor export'
complete -c beatpass-desktop -n $run -l page -x -a 'home activity tracks albums finances leaderboards progress' -d 'The page to begin with'
complete -c beatpass-desktop -n $run -l tour -x -a '(__fish_complete_directories)' -d 'Write pictures and tour.json to a folder, then quit'
complete -c beatpass-desktop -n $run -l theme -x -a 'dark light system' -d 'The theme for this run'
complete -c beatpass-desktop -n $run -l size -x -d 'The size of the window, such as 1280x832'
complete -c beatpass-desktop -n $run -l quit-after-first-paint -d 'Quit when the first page is on the screen'
complete -c beatpass-desktop -n $run -l version -d 'Print versions and quit'
complete -c beatpass-desktop -n $run -a doctor -d 'Look for what is wrong'
complete -c beatpass-desktop -n $run -a export -d 'Write what is stored to a file'

complete -c beatpass-desktop -n '__fish_seen_subcommand_from doctor' -l json -d 'Print a JSON document'

set -l export '__fish_seen_subcommand_from export'
set -l data tracks albums transactions downloads achievements leaderboard history
complete -c beatpass-desktop -n "$export; and not __fish_seen_subcommand_from $data" -a "$data"
complete -c beatpass-desktop -n $export -l format -x -a 'csv xlsx json' -d 'The kind of file'
complete -c beatpass-desktop -n $export -l from -x -d 'The first day, as YYYY-MM-DD'
complete -c beatpass-desktop -n $export -l to -x -d 'The last day, as YYYY-MM-DD'
complete -c beatpass-desktop -n $export -l artist -x -d 'Another artist of the account'
complete -c beatpass-desktop -n $export -s o -l output -r -F -d 'The file to write'
