// Data sets, labels, sequences, soundscapes. What reads or writes sound comes along where libsndfile is installed.
#pragma once
#include <auris/data/annotation.hpp>
#include <auris/data/annotators.hpp>
#include <auris/data/background.hpp>
#include <auris/data/durations.hpp>
#include <auris/data/frame_labels.hpp>
#include <auris/data/frame_matrix.hpp>
#include <auris/data/hard_labels.hpp>
#include <auris/data/label_catalogue.hpp>
#include <auris/data/maestro.hpp>
#include <auris/data/maestro_folds.hpp>
#include <auris/data/maestro_labels.hpp>
#include <auris/data/mixer.hpp>
#include <auris/data/score_table.hpp>
#include <auris/data/sequence_set.hpp>
#include <auris/data/sequences.hpp>
#include <auris/data/signal.hpp>
#include <auris/data/soft_labels.hpp>
#include <auris/data/soundscape.hpp>
#include <auris/data/standardise.hpp>
#include <auris/data/timbre.hpp>
#include <auris/data/weak_labels.hpp>
#if __has_include(<sndfile.h>)
#include <auris/data/generate_data_set.hpp>
#include <auris/data/recording_folder.hpp>
#include <auris/data/soundscape_generator.hpp>
#endif
